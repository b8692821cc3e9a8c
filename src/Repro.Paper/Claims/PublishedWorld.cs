using Repro.Paper.Experiments;
using Repro.Paper.Languages;
using Repro.Paper.Published;

namespace Repro.Paper.Claims;

/// <summary>The paper's own numbers for LLaMA-2-7B.</summary>
/// <param name="folder">Folder of the published goldens.</param>
public sealed class PublishedWorld(string folder) : IMeasuredWorld
{
    private const int LlamaVocabulary = 32_000;
    private readonly Dictionary<int, PublishedTable> tables = [];

    /// <inheritdoc/>
    public double UniformNats { get; } = Math.Log(LlamaVocabulary);

    /// <inheritdoc/>
    /// <returns>NaN where the paper has no such cell.</returns>
    public double Nats(Condition condition, string language)
    {
        string name = PaperLanguages.Get(language).Name;
        PublishedTable table = Table(TableOf(condition));
        string region = condition.Kind.ToString();
        string samples = condition.Samples == SampleSize.Small ? "10K" : "100K";
        bool monolingual = condition.Language is not null;
        decimal? value = table.Find(name, c =>
            c.Region == region
            && (c.Model is null || c.Model.Contains("7B", StringComparison.Ordinal))
            && (condition.Kind == RegionKind.Base || monolingual || c.Ratio is null || c.Ratio == condition.Ratio)
            && (condition.Kind == RegionKind.Base || !monolingual || c.Samples == samples))
            ?? (condition.Kind == RegionKind.Base ? table.Find(name, c => c.Region == region && c.Ratio == 0.01) : null);
        return value is { } perplexity ? Math.Log((double)perplexity) : double.NaN;
    }

    private static int TableOf(Condition condition) => condition switch
    {
        { Language: { } language } => int.Parse(PaperExperiments.MonolingualTable(language).AsSpan(6), System.Globalization.CultureInfo.InvariantCulture),
        { Kind: RegionKind.Base } => 14,
        { Ratio: 0.03, Samples: SampleSize.Small, Kind: not RegionKind.Random } => 15,
        { Ratio: 0.03 } => 14,
        _ => 16,
    };

    private PublishedTable Table(int number) =>
        tables.TryGetValue(number, out PublishedTable? table) ? table : tables[number] = PublishedTable.Load(folder, number);
}
