using System.Globalization;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Tests.Audit;

/// <summary>A made-up paper that breaks no rule, and ways to break it.</summary>
internal static class HandMade
{
    private const string Seven = "LLaMA-2-7B";
    private const string Thirteen = "LLaMA-2-13B";
    private static readonly string[] All = [.. PaperLanguages.All.Select(l => l.Name)];
    private static readonly string[] Eleven = [.. PaperLanguages.Eleven.Select(l => l.Name)];

    public static PublishedPaper Paper()
    {
        PublishedTable large = Core(14, 0.03, "100K", All, both: true);
        PublishedTable copied = large with { Table = 1, Rows = [.. large.Rows.Where(r => Eleven.Contains(r.Key[0]))] };
        PublishedTable[] tables =
        [
            copied, Training(2, 0.01, 1.5), Dimensions(3, 3), One(), Monolingual() with { Highlighted = ["Russian", "Ukrainian"] },
            Training(6, 0.05, 2.5), Dimensions(7, 1), Dimensions(8, 2), large, Core(15, 0.03, "10K", All, both: true), Small(),
        ];
        return new PublishedPaper(tables, Text(tables));
    }

    /// <summary>The paper with one cell changed.</summary>
    public static PublishedPaper With(this PublishedPaper paper, int table, string row, string column, Func<decimal, decimal> change) =>
        paper.With(table, t =>
        {
            int index = t.Columns.ToList().FindIndex(c => c.Id == column);
            PublishedRow Changed(PublishedRow r) => r with { Values = [.. r.Values.Select((v, i) => i == index ? change(v!.Value) : v)] };
            return t with { Rows = [.. t.Rows.Select(r => string.Join(", ", r.Key) == row ? Changed(r) : r)] };
        });

    public static PublishedPaper With(this PublishedPaper paper, int table, Func<PublishedTable, PublishedTable> change) =>
        paper with { Tables = [.. paper.Tables.Select(t => t.Table == table ? change(t) : t)] };

    public static PublishedPaper With(this PublishedPaper paper, string what, decimal value) =>
        paper with { Text = paper.Text with { Statements = [.. paper.Text.Statements.Select(s => s.What == what ? s with { Value = value } : s)] } };

    public static decimal Cell(this PublishedPaper paper, int table, string row, string column)
    {
        PublishedTable found = paper.Tables.Single(t => t.Table == table);
        return found.Rows.Single(r => string.Join(", ", r.Key) == row).Values[found.Columns.ToList().FindIndex(c => c.Id == column)]!.Value;
    }

    /// <summary>A number as a float32 prints it with three decimals.</summary>
    public static decimal Printed(double value) => Math.Round(new decimal((double)(float)value), 3);

    // Some spread that differs between languages and repeats in every run.
    private static double Jitter(string language, int salt = 0) => (((Array.IndexOf(All, language) * 7) + (salt * 3)) % 11 - 5) / 5.0;

    private static double Base(string language, string model) => (5.123 + (0.371 * Array.IndexOf(All, language))) * (model == Seven ? 1 : 0.9);

    private static double Core(string language, string model, string region, double ratio, string samples) => region switch
    {
        "Top" => (35_111.37 + (512_345 * ratio)) * Math.Exp((0.1 * Jitter(language)) + (samples == "10K" ? 0.03 + (0.02 * Jitter(language, 1)) : 0)),
        "Bottom" => Base(language, model) * (samples == "10K" ? 1.0013 : 1.0011),
        "Random" => Base(language, model) * Math.Exp(5 * ratio * (1 + (0.1 * Jitter(language, 2)))),
        _ => Base(language, model),
    };

    private static PublishedTable Core(int number, double ratio, string samples, string[] languages, bool both) => Table(
        number,
        ["language"],
        [
            .. from model in both ? (string[])[Seven, Thirteen] : [Seven]
               from region in (string[])["Base", "Top", "Bottom", "Random"]
               select new PublishedColumn { Id = $"{model[8..]}.{ratio:0%}.{samples}.{region}", Model = model, Ratio = ratio, Samples = samples, Region = region },
        ],
        languages.Select(l => new[] { l }),
        (key, c) => Core(key[0], c.Model!, c.Region!, c.Ratio!.Value, c.Samples!));

    private static PublishedTable Small()
    {
        PublishedTable one = Core(16, 0.01, "100K", All, both: false);
        PublishedTable five = Core(16, 0.05, "100K", All, both: false);
        return one with
        {
            Columns = [.. one.Columns, .. five.Columns],
            Rows = [.. one.Rows.Zip(five.Rows, (a, b) => a with { Values = [.. a.Values, .. b.Values] })],
        };
    }

    private static PublishedTable Monolingual() => Table(
        5,
        ["language"],
        [
            new PublishedColumn { Id = "7B.Base", Model = Seven, Region = "Base" },
            .. from samples in (string[])["10K", "100K"]
               from region in (string[])["Top", "Bottom"]
               select new PublishedColumn { Id = $"7B.{samples}.{region}", Model = Seven, Ratio = 0.01, Samples = samples, Region = region, RegionLanguage = "Russian" },
        ],
        Eleven.Select(l => new[] { l }),
        (key, c) => Base(key[0], Seven) * Math.Exp(Hurt(key[0], c)));

    private static double Hurt(string language, PublishedColumn column) => (column.Region, language) switch
    {
        ("Top", "Russian") => column.Samples == "10K" ? 0.9 : 1,
        ("Top", "Ukrainian") => column.Samples == "10K" ? 0.5 : 0.6,
        ("Top", _) => 0.05 + (0.001 * column.Samples!.Length) + (0.005 * Jitter(language, column.Samples!.Length)),
        ("Bottom", _) => 0.001,
        _ => 0,
    };

    private static PublishedTable Training(int number, double ratio, double slowness) => Table(
        number,
        ["test corpus", "training samples"],
        [
            new PublishedColumn { Id = "Top & Freeze", Model = Seven, Ratio = ratio, Region = "Top", Treatment = "Freeze" },
            new PublishedColumn { Id = "Bottom & Freeze", Model = Seven, Ratio = ratio, Region = "Bottom", Treatment = "Freeze" },
            new PublishedColumn { Id = "Top & Unfreeze", Model = Seven, Ratio = ratio, Region = "Top", Treatment = "Unfreeze" },
        ],
        from corpus in (string[])["Chinese (Wechat)", "English (Falcon)"] from samples in (string[])["0K", "2K", "200K"] select new[] { corpus, samples },
        (key, c) => (c.Region, key[1], c.Treatment) switch
        {
            ("Bottom", _, _) => 6.412 + slowness,
            (_, "0K", _) => 60_123.457 * slowness,
            (_, _, "Freeze") => 101.37 * slowness / key[1].Length,
            _ => 6.123 * slowness / key[1].Length,
        });

    private static PublishedTable Dimensions(int number, double strength) => Table(
        number,
        ["model", "samples", "dimensions"],
        [.. ((string[])["Top", "Middle", "Bottom", "Random"]).Select(r => new PublishedColumn { Id = r, Region = r })],
        from setting in ((string, string)[])[(Seven, "100K"), (Thirteen, "100K"), (Thirteen, "10K")]
        from n in (string[])["1", "3", "5", "10"]
        select new[] { setting.Item1, setting.Item2, n },
        (key, c) => 5.8 + (0.001 * key[2].Length) + (c.Region == "Top" ? strength * key[1].Length * int.Parse(key[2], CultureInfo.InvariantCulture) : 0));

    private static PublishedTable One() => Table(
        4,
        ["perturbation", "parameter"],
        [new PublishedColumn { Id = "13B.Chinese", Model = Thirteen }],
        [["none", "none"], ["Reset 1", "L1-N2100"]],
        (key, _) => key[0] == "none" ? Base("Chinese", Thirteen) : 83_224.078);

    private static PublishedText Text(PublishedTable[] tables) => new()
    {
        Statements =
        [
            new("3.2", "bound", 40_000, ExceededBy: new CitedColumns(1, "Top")),
            new("3.3", "cited", tables.Single(t => t.Table == 4).Rows[1].Values[0]!.Value, new CitedCell(4, ["Reset 1", "L1-N2100"], "13B.Chinese")),
            new("3.5", "frozen", 3.5m, ImprovesOn: "trained"),
            new("3.5", "trained", 3.6m),
        ],
        EvaluationTokens = new Dictionary<string, long>(),
    };

    private static PublishedTable Table(
        int number,
        string[] keys,
        PublishedColumn[] columns,
        IEnumerable<string[]> rows,
        Func<string[], PublishedColumn, double> value) => new()
        {
            Table = number,
            Caption = $"Table {number}",
            Unit = "perplexity",
            RowKeys = keys,
            Columns = columns,
            Rows = [.. rows.Select(key => new PublishedRow(key, [.. columns.Select(c => (decimal?)Printed(value(key, c)))]))],
        };
}
