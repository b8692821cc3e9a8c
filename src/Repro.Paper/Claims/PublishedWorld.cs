using System.Globalization;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;
using Repro.Paper.Published;

namespace Repro.Paper.Claims;

/// <summary>
/// The paper's own numbers: of the profile's model, where the profile is one of the paper's; otherwise LLaMA-2-7B's, and LLaMA-2-13B's where the paper
/// has only those (Table 4).
/// </summary>
/// <param name="folder">Folder of the published goldens.</param>
/// <param name="profile">Says which model it is, and how its documents relate to the paper's samples.</param>
public sealed class PublishedWorld(string folder, Profile profile) : IMeasuredWorld
{
    private const int LlamaVocabulary = 32_000;
    private const string Smaller = "LLaMA-2-7B";
    private const string Larger = "LLaMA-2-13B";
    private readonly TrainingScale training = profile.Training;
    private readonly Dictionary<int, PublishedTable> tables = [];
    private PublishedText? text;

    private string Model => profile.PublishedModel ?? Smaller;

    /// <inheritdoc/>
    public double UniformNats { get; } = Math.Log(LlamaVocabulary);

    /// <inheritdoc/>
    /// <returns>NaN where the paper has no such cell.</returns>
    public double Nats(Condition condition, string text)
    {
        decimal? value = condition switch
        {
            Unedited => Base(text),
            RegionRemoval { Score: Engine.Importance.ImportanceScore.FirstOrder } removal => Core(removal, text),
            DimensionRemoval removal when text == "zh" => Dimension(removal),
            NormWeightEdited edit when text == "zh" && profile.PublishedModel != Smaller => NormWeight(edit),
            FurtherTrained trained when profile.PublishedModel != Larger => Trained(trained, text),
            _ => null,
        };
        return value is { } perplexity ? Math.Log((double)perplexity) : double.NaN;
    }

    /// <inheritdoc/>
    public double Quantity(string id) => double.NaN;

    /// <inheritdoc/>
    /// <remarks>Tables 3, 7 and 8 and Table 4 are of another Chinese text than Table 14's, and Tables 5 and 9 to 13 print another Chinese base; a table's own base counts.</remarks>
    public double Increase(Condition condition, string text)
    {
        double own = condition switch
        {
            // Table 2 before training, with 1 % of Bottom removed, is the nearest that the paper prints to a base on that text.
            DimensionRemoval => (double)(Table(2).Find(["Chinese (Wechat)", "0K"], c => c.Region == "Bottom") ?? 0),
            RegionRemoval { Language: { } language } => (double)(Table(NumberOf(PaperExperiments.MonolingualTable(language))).Find([PaperLanguages.Get(text).Name], c => c.Region == "Base") ?? 0),
            NormWeightEdited => (double)(Table(4).Find(["none", "none"], _ => true) ?? 0),
            _ => double.NaN,
        };
        return Nats(condition, text) - (double.IsNaN(own) ? Nats(Condition.Base, text) : Math.Log(own));
    }

    private decimal? Base(string text) => Table(14).Find([PaperLanguages.Get(text).Name], c => c.Region == "Base" && c.Model == Model);

    private decimal? Core(RegionRemoval removal, string text)
    {
        string samples = removal.Samples == SampleSize.Small ? "10K" : "100K";
        bool monolingual = removal.Language is not null;
        return Table(TableOf(removal)).Find(
            [PaperLanguages.Get(text).Name],
            c => c.Region == removal.Kind.ToString()
                && (c.Model is null || c.Model == Model)
                && (monolingual ? c.Samples == samples : c.Ratio is null || c.Ratio == removal.Ratio));
    }

    private decimal? Dimension(DimensionRemoval removal) => Table(NumberOf(PaperExperiments.DimensionTable(removal.Scope))).Find(
        [Model, removal.Samples == SampleSize.Small ? "10K" : "100K", removal.Count.ToString(CultureInfo.InvariantCulture)],
        c => c.Region == removal.Kind.ToString());

    // The paper's dimensions are numbers of LLaMA-2-13B: 2100 stands out, 2800 and 4200 are the random ones.
    private decimal? NormWeight(NormWeightEdited edit)
    {
        string parameter = edit.Dimension switch { { Rank: 1 } => "L1-N2100", { IsRandom: true, Draw: 0 } => "L1-N2800", { IsRandom: true } => "L1-N4200", _ => "" };
        return edit.Change switch
        {
            WeightEdit.Reset => Table(4).Find(["Reset 1", parameter], _ => true),
            WeightEdit.TimesTen => Table(4).Find(["Mul 10", parameter], _ => true),
            _ => edit.Dimension switch { { Rank: 1 } => Text("13B perplexity on Chinese, weight 2100 times 4"), _ => Text("13B perplexity on Chinese, weight 4200 times 4") },
        };
    }

    private decimal? Trained(FurtherTrained trained, string test)
    {
        TrainingPlan plan = trained.Plan;
        if (plan.Language == "ar")
            return Forgetting(trained, test);
        string? row = test switch { "zh" => "Chinese (Wechat)", "en" => "English (Falcon)", _ => null };
        if (row is null || plan.Region is null)
            return null;
        string samples = string.Create(CultureInfo.InvariantCulture, $"{trained.Documents * training.SamplesPerDocument / 1000}K");
        string treatment = plan.Treatment == RegionTreatment.RemovedAndFrozen ? "Freeze" : "Unfreeze";
        return Table(plan.Region.Ratio == 0.01 ? 2 : 6).Find([row, samples], c => c.Region == plan.Region.Kind.ToString() && c.Treatment == treatment);
    }

    // Section 3.5 prints the end points at the higher rate; the curves of Figure 5 are a picture.
    private decimal? Forgetting(FurtherTrained trained, string test)
    {
        if (trained.Documents != training.ArabicDocuments || trained.Plan.LearningRate != training.HighRate || trained.Plan.Replay > 0)
            return null;
        string? how = (trained.Plan.Treatment, trained.Plan.Region?.Kind) switch
        {
            (RegionTreatment.None, _) => "everything trained",
            (RegionTreatment.Frozen, RegionKind.Top) => "core frozen",
            _ => null,
        };
        return how is null || test.Contains('-', StringComparison.Ordinal) ? null : Text($"{PaperLanguages.Get(test).Name} perplexity, {how}");
    }

    private static int TableOf(RegionRemoval removal) => removal switch
    {
        { Language: { } language } => NumberOf(PaperExperiments.MonolingualTable(language)),
        { Ratio: 0.03, Samples: SampleSize.Small, Kind: not RegionKind.Random } => 15,
        { Ratio: 0.03 } => 14,
        _ => 16,
    };

    private static int NumberOf(string table) => int.Parse(table.AsSpan("table-".Length), CultureInfo.InvariantCulture);

    private decimal? Text(string what) => (text ??= PublishedText.Load(folder)).Statements.FirstOrDefault(s => s.What == what)?.Value;

    private PublishedTable Table(int number) =>
        tables.TryGetValue(number, out PublishedTable? table) ? table : tables[number] = PublishedTable.Load(folder, number);
}
