using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Repro.Engine.Evaluation;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Texts;

namespace Repro.Harness.Goldens;

/// <summary>One text of a table.</summary>
public sealed record TextResult
{
    /// <summary>Test documents.</summary>
    public required int Documents { get; init; }

    /// <summary>Predicted tokens.</summary>
    public required long Tokens { get; init; }

    /// <summary>Predicted tokens of a document on average.</summary>
    [JsonIgnore]
    public double TokensPerDocument => (double)Tokens / Documents;

    /// <summary>Entropy of the test text's own token frequencies, nats per token: what a unigram model can reach at best.</summary>
    public required double UnigramNats { get; init; }

    /// <summary>Perplexity under the first condition: the unedited model, or a run before its first step.</summary>
    public required double BasePerplexity { get; init; }

    /// <summary>Nats per token by condition.</summary>
    public required IReadOnlyDictionary<string, double> NatsPerToken { get; init; }

    /// <summary>Random draws that hurt less than the Top region, of all draws, by region.</summary>
    public IReadOnlyDictionary<string, string>? TopAmongRandom { get; init; }
}

/// <summary>A number that is not a perplexity.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Tolerance">How far it may move between processors.</param>
public sealed record QuantityResult(double Value, double Low, double High, string Unit, [Range(0.0, double.MaxValue)] double Tolerance);

/// <summary>A measured table.</summary>
public sealed record TableResult
{
    private const int NatsDigits = 6;
    private const int QuantityDigits = 5;
    private const int OverlapDigits = 4;

    /// <summary>Id of the table.</summary>
    public required string Table { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>What it was measured on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>How far its numbers may move.</summary>
    public required Tolerances Tolerances { get; init; }

    /// <summary>The conditions, with what decides how far each moves.</summary>
    public required IReadOnlyDictionary<string, ToleranceClass> Conditions { get; init; }

    /// <summary>The numbers by text.</summary>
    public required IReadOnlyDictionary<string, TextResult> Texts { get; init; }

    /// <summary>The regions; of random draws the first.</summary>
    public required IReadOnlyDictionary<string, RegionFacts> Regions { get; init; }

    /// <summary>Numbers that are not perplexities, by id.</summary>
    public IReadOnlyDictionary<string, QuantityResult>? Quantities { get; init; }

    /// <summary>What the model writes; not compared, since one token that changes places changes all that follow.</summary>
    public IReadOnlyDictionary<string, string>? Continuations { get; init; }

    /// <summary>Puts a table's result together.</summary>
    /// <param name="table">The table.</param>
    /// <param name="measured">What was measured and described.</param>
    /// <param name="provenance">What it was measured on.</param>
    public static TableResult From(PaperTable table, MeasurementSet measured, Provenance provenance)
    {
        MeasurementPlan plan = table.Plan;
        return new TableResult
        {
            Table = table.Id,
            Title = table.Title,
            Provenance = provenance,
            Tolerances = new Tolerances(),
            Conditions = plan.Conditions.ToDictionary(c => c.Id, c => c.Tolerance),
            Texts = plan.Texts.ToDictionary(t => t.Name, t => OfText(plan, measured, t)),
            Regions = plan.DescribedRegions.ToDictionary(r => r.Id, r => Rounded(measured.Facts(r))),
            Quantities = plan.Quantities.Count == 0 ? null : plan.Quantities.ToDictionary(q => q.Id, q => OfQuantity(q, measured.Quantity(q.Id))),
            Continuations = plan.Written.Count == 0 ? null : plan.Written.ToDictionary(w => w.Id, w => measured.Text(w.Id)),
        };
    }

    private static RegionFacts Rounded(RegionFacts facts) => facts with { HalfOverlap = facts.HalfOverlap is { } overlap ? Math.Round(overlap, OverlapDigits) : null };

    private static QuantityResult OfQuantity(Quantity quantity, Resampled measured)
    {
        Interval interval = PairedBootstrap.Percentile(measured.Value, measured.Draws, 0.95);
        return new QuantityResult(Math.Round(interval.Value, QuantityDigits), Math.Round(interval.Low, QuantityDigits), Math.Round(interval.High, QuantityDigits), quantity.Unit, quantity.Tolerance);
    }

    private static TextResult OfText(MeasurementPlan plan, MeasurementSet measured, TestText text)
    {
        TextFacts facts = measured.Facts(text);
        double Nats(Condition condition) => measured.Nats(condition, text);
        return new TextResult
        {
            Documents = facts.Documents,
            Tokens = measured[plan.Conditions[0], text].Tokens,
            UnigramNats = Math.Round(facts.UnigramNats, NatsDigits),
            BasePerplexity = Math.Round(Math.Exp(Nats(plan.Conditions[0])), 3),
            NatsPerToken = plan.Conditions.ToDictionary(c => c.Id, c => Math.Round(Nats(c), NatsDigits)),
            TopAmongRandom = Placed(plan, Nats),
        };
    }

    // Where a removed Top region stands among random ones of its size.
    private static Dictionary<string, string>? Placed(MeasurementPlan plan, Func<Condition, double> nats)
    {
        Condition[] removals = [.. plan.Conditions.Where(c => c.Removed is not null)];
        ILookup<(double, string?), Condition> randoms = removals.Where(r => r.Removed!.IsRandom).ToLookup(r => (r.Removed!.Ratio, r.Removed.Own));
        return randoms.Count == 0
            ? null
            : removals.Where(r => r.Removed!.Kind == RegionKind.Top).ToDictionary(top => top.Id, top => Place(top, [.. randoms[(top.Removed!.Ratio, top.Removed.Own)]]));

        string Place(Condition top, Condition[] alike) => $"{alike.Count(r => nats(r) < nats(top))} of {alike.Length}";
    }
}
