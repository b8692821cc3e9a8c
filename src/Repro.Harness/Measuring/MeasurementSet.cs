using System.Collections.Immutable;
using Repro.Engine.Evaluation;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>What is known of a test text.</summary>
/// <param name="Documents">Test documents.</param>
/// <param name="UnigramNats">Entropy of the text's own token frequencies, nats per token.</param>
/// <param name="BeginsWithBos">Whether every document begins with the tokenizer's BOS.</param>
public sealed record TextFacts(int Documents, double UnigramNats, bool BeginsWithBos);

/// <summary>What a session has measured. Claims, figures and goldens are made from it without a checkpoint.</summary>
public sealed record MeasurementSet
{
    private ImmutableSortedDictionary<(string Condition, string Text), Cell> Scores { get; init; } =
        ImmutableSortedDictionary.Create<(string, string), Cell>(Comparer<(string Condition, string Text)>.Create(Compare));

    private ImmutableDictionary<string, Resampled> Quantities { get; init; } = ImmutableDictionary.Create<string, Resampled>(StringComparer.Ordinal);

    private ImmutableDictionary<string, TextFacts> Texts { get; init; } = ImmutableDictionary.Create<string, TextFacts>(StringComparer.Ordinal);

    private ImmutableDictionary<string, RegionFacts> Regions { get; init; } = ImmutableDictionary.Create<string, RegionFacts>(StringComparer.Ordinal);

    private ImmutableDictionary<string, string> Written { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The model's vocabulary, tokens.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>How per-document sums become perplexity.</summary>
    public PerplexityReading Perplexity { get; init; }

    /// <summary>How random draws share a text's documents.</summary>
    public DocumentShares Shares { get; init; } = new(1);

    /// <summary>Pictures of where a region lies.</summary>
    public ImmutableArray<DensityMap> DensityMaps { get; init; } = [];

    /// <summary>Nats per token of a model that finds every token equally likely.</summary>
    public double UniformNats => Math.Log(VocabularySize);

    /// <summary>Every measurement, document by document.</summary>
    public IEnumerable<MeasuredDocuments> AllDocuments => Scores.Select(s => new MeasuredDocuments(s.Key.Condition, s.Key.Text, PlacesOf(s.Value.Draw, s.Key.Text), s.Value.Measurement.Documents));

    /// <summary>What was measured of a condition on a text.</summary>
    /// <exception cref="KeyNotFoundException">It was not.</exception>
    public Measurement this[Condition condition, TestText text] => Scores.TryGetValue((condition.Id, text.Key), out Cell? found)
        ? found.Measurement
        : throw new KeyNotFoundException($"'{condition.Id}' was not measured on {text.Name}.");

    /// <summary>Whether a condition was measured on a text.</summary>
    public bool Has(Condition condition, TestText text) => Scores.ContainsKey((condition.Id, text.Key));

    /// <summary>
    /// Nats per token of a condition on a text. Of a draw that was measured on a share of the documents: the base on all of them, and what the draw adds on
    /// its share.
    /// </summary>
    /// <exception cref="KeyNotFoundException">It was not measured, or the base was not that a draw stands beside.</exception>
    public double Nats(Condition condition, TestText text)
    {
        double nats = this[condition, text].Nats(Perplexity);
        if (!OnShare(condition, text))
            return nats;
        Measurement all = this[Condition.Base, text];
        Measurement shared = new(Shares.Of(condition.RandomDraw, all.Documents));
        return all.Nats(Perplexity) + (nats - shared.Nats(Perplexity));
    }

    /// <summary>Whether a condition is a draw that was measured on a share of the documents.</summary>
    internal bool OnShare(Condition condition, TestText text) =>
        condition.RandomDraw is not null && Shares.Count > 1 && this[condition, text].Documents.Count < this[Condition.Base, text].Documents.Count;

    /// <summary>A quantity.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured.</exception>
    public Resampled Quantity(string id) => Quantities.TryGetValue(id, out Resampled? found) ? found : throw new KeyNotFoundException($"'{id}' was not measured.");

    /// <summary>Whether a quantity was measured.</summary>
    public bool HasQuantity(string id) => Quantities.ContainsKey(id);

    /// <summary>Whether a text was looked at.</summary>
    public bool HasFacts(TestText text) => Texts.ContainsKey(text.Key);

    /// <summary>What is known of a text.</summary>
    public TextFacts Facts(TestText text) => Texts[text.Key];

    /// <summary>What is known of a region.</summary>
    public RegionFacts Facts(RegionSpec region) => Regions[region.Id];

    /// <summary>What the model wrote.</summary>
    public string Text(string id) => Written[id];

    /// <summary>The set with measurements added.</summary>
    public MeasurementSet With(IEnumerable<(Condition Condition, TestText Text, Measurement Measurement)> cells) =>
        this with { Scores = Scores.SetItems(cells.Select(c => KeyValuePair.Create((c.Condition.Id, c.Text.Key), new Cell(c.Measurement, c.Condition.RandomDraw)))) };

    /// <summary>The set with a quantity added.</summary>
    public MeasurementSet With(string quantity, Resampled value) => this with { Quantities = Quantities.SetItem(quantity, value) };

    /// <summary>The set with what is known of a text added.</summary>
    public MeasurementSet With(TestText text, TextFacts facts) => this with { Texts = Texts.SetItem(text.Key, facts) };

    /// <summary>The set with what is known of a region added.</summary>
    public MeasurementSet With(RegionSpec region, RegionFacts facts) => this with { Regions = Regions.SetItem(region.Id, facts) };

    /// <summary>The set with a text that the model wrote added.</summary>
    public MeasurementSet WithWritten(string id, string text) => this with { Written = Written.SetItem(id, text) };

    // Places are those of a share of what the base was measured on.
    private IReadOnlyList<int>? PlacesOf(int? draw, string text) => draw is not null && Scores.TryGetValue((Condition.Base.Id, text), out Cell? all)
        ? Shares.Of<int>(draw, [.. Enumerable.Range(0, all.Measurement.Documents.Count)])
        : null;

    private static int Compare((string Condition, string Text) a, (string Condition, string Text) b)
    {
        int byCondition = string.CompareOrdinal(a.Condition, b.Condition);
        return byCondition != 0 ? byCondition : string.CompareOrdinal(a.Text, b.Text);
    }

    private sealed record Cell(Measurement Measurement, int? Draw);
}
