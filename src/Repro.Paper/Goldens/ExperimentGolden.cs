using System.ComponentModel.DataAnnotations;
using Repro.Engine.Evaluation;
using Repro.Engine.Regions;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;

namespace Repro.Paper.Goldens;

/// <summary>How far a number may move, and why.</summary>
/// <param name="Value">Largest absolute difference.</param>
/// <param name="Reason">Why that much.</param>
public sealed record Tolerance([Range(0.0, double.MaxValue)] double Value, string Reason);

/// <summary>The tolerances of a golden.</summary>
public sealed record Tolerances
{
    /// <summary>Of the unedited model, nats per token.</summary>
    public Tolerance Base { get; init; } = new(0.001, "float32 sums in another order (AVX2 instead of AVX-512) move a loss by about 1e-6 relative; 0.001 nats is far above that and far below any claim's margin");

    /// <summary>Of an edited model, nats per token.</summary>
    public Tolerance Edited { get; init; } = new(0.02, "on another CPU weights at the threshold may change places, and an edited model is more sensitive; less than the smallest bound that a claim about an edited model has");

    /// <summary>Of a model trained further, nats per token.</summary>
    public Tolerance Trained { get; init; } = new(0.1, "hundreds of bfloat16 steps on single documents amplify the last bit of a sum on another processor; whether that matters is said by the verdicts, which are compared exactly");

    /// <summary>Of the overlap between halves of the sample.</summary>
    public Tolerance Overlap { get; init; } = new(0.01, "weights that change places at the threshold");

    /// <summary>Of the ties at the threshold, weights.</summary>
    public Tolerance Ties { get; init; } = new(8, "scores that are equal on one CPU may differ in the last bit on another");
}

/// <summary>One language of an experiment.</summary>
public sealed record LanguageGolden
{
    /// <summary>Test documents.</summary>
    public required int Documents { get; init; }

    /// <summary>Predicted tokens.</summary>
    public required long Tokens { get; init; }

    /// <summary>Entropy of the test text's own token frequencies, nats per token: what a unigram model can reach at best.</summary>
    public required double UnigramNats { get; init; }

    /// <summary>Perplexity under the first condition: the unedited model, or a run before its first step.</summary>
    public required double BasePerplexity { get; init; }

    /// <summary>Nats per token by condition.</summary>
    public required IReadOnlyDictionary<string, double> NatsPerToken { get; init; }

    /// <summary>Random draws that hurt less than the Top region, of all draws, by ratio.</summary>
    public IReadOnlyDictionary<string, string>? TopAmongRandom { get; init; }
}

/// <summary>A number that is not a perplexity.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Tolerance">How far it may move between processors.</param>
public sealed record QuantityGolden(double Value, double Low, double High, string Unit, [Range(0.0, double.MaxValue)] double Tolerance);

/// <summary>A selected region.</summary>
public sealed record RegionGolden
{
    /// <summary>Members.</summary>
    public required long Count { get; init; }

    /// <summary>Weights it was selected from.</summary>
    public required long Population { get; init; }

    /// <summary>Members by tensor.</summary>
    public required IReadOnlyDictionary<string, long> PerTensor { get; init; }

    /// <summary>SHA-256 of the members. Tells whether a region is the very same; not compared, since weights at the threshold may change places between CPUs.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string Hash { get; init; }

    /// <summary>Weights beyond the first at a tensor's threshold.</summary>
    public long? TiesAtThreshold { get; init; }

    /// <summary>Jaccard overlap of the regions of the sample's two halves.</summary>
    public double? HalfOverlap { get; init; }
}

/// <summary>A measured table.</summary>
public sealed record ExperimentGolden
{
    private const int NatsDigits = 6;
    private const int QuantityDigits = 5;

    /// <summary>Id of the experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>What it was measured on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>How far its numbers may move.</summary>
    public required Tolerances Tolerances { get; init; }

    /// <summary>The numbers by language.</summary>
    public required IReadOnlyDictionary<string, LanguageGolden> Languages { get; init; }

    /// <summary>The regions by condition; of the random draws the first.</summary>
    public required IReadOnlyDictionary<string, RegionGolden> Regions { get; init; }

    /// <summary>Numbers that are not perplexities, by id.</summary>
    public IReadOnlyDictionary<string, QuantityGolden>? Quantities { get; init; }

    /// <summary>What the model writes under each condition; not compared, since one token that changes places changes all that follow.</summary>
    public IReadOnlyDictionary<string, string>? Continuations { get; init; }

    internal static ExperimentGolden Of(Experiment experiment, Laboratory laboratory, Provenance provenance) => new()
    {
        Experiment = experiment.Id,
        Title = experiment.Title,
        Provenance = provenance,
        Tolerances = new Tolerances(),
        Languages = experiment.Languages.ToDictionary(l => l.Name, l => OfLanguage(experiment, laboratory, l)),
        Regions = experiment.Conditions.OfType<RegionRemoval>().Where(c => c.Draw == 0).ToDictionary(c => c.Id, c => laboratory.Result("region golden", c.Id, () => OfRegion(laboratory, c))),
        Quantities = experiment.Quantities.Count == 0 ? null : experiment.Quantities.ToDictionary(q => q.Id, q => OfQuantity(laboratory, q)),
        Continuations = experiment.Shown.Count == 0 ? null : experiment.Shown.ToDictionary(c => c.Id, c => Experiments.Quantities.Continuations.Text(laboratory, c)),
    };

    private static QuantityGolden OfQuantity(Laboratory laboratory, Quantity quantity)
    {
        Resampled measured = laboratory.Recall(quantity.Id);
        Interval interval = PairedBootstrap.Percentile(measured.Value, measured.Draws, 0.95);
        return new QuantityGolden(Math.Round(interval.Value, QuantityDigits), Math.Round(interval.Low, QuantityDigits), Math.Round(interval.High, QuantityDigits), quantity.Unit, quantity.Tolerance);
    }

    private static LanguageGolden OfLanguage(Experiment experiment, Laboratory laboratory, Language language)
    {
        Measurement first = laboratory.Recall(experiment.Conditions[0], language);
        RegionRemoval[] removals = [.. experiment.Conditions.OfType<RegionRemoval>()];
        RegionRemoval[] randoms = [.. removals.Where(c => c.Kind == RegionKind.Random)];
        double Nats(Condition condition) => laboratory.Recall(condition, language).Nats(laboratory.Profile.Perplexity);
        return new LanguageGolden
        {
            Documents = first.Documents.Count,
            Tokens = first.Tokens,
            UnigramNats = Math.Round(UnigramModel.NatsPerToken(laboratory.Texts.Test(language)), NatsDigits),
            BasePerplexity = Math.Round(Math.Exp(Nats(experiment.Conditions[0])), 3),
            NatsPerToken = experiment.Conditions.ToDictionary(c => c.Id, c => Math.Round(Nats(c), NatsDigits)),
            TopAmongRandom = randoms.Length == 0 ? null : removals.Where(c => c.Kind == RegionKind.Top).ToDictionary(c => c.Id, c =>
            {
                RegionRemoval[] same = [.. randoms.Where(r => r.Ratio == c.Ratio)];
                return $"{same.Count(r => Nats(r) < Nats(c))} of {same.Length}";
            }),
        };
    }

    private static RegionGolden OfRegion(Laboratory laboratory, RegionRemoval condition)
    {
        Region region = laboratory.Regions.Get(condition);
        RegionStability? stability = condition is { Kind: RegionKind.Top, Samples: SampleSize.Large } ? laboratory.Regions.Stability(condition) : null;
        return new RegionGolden
        {
            Count = region.Count,
            Population = region.Population,
            PerTensor = region.Parts.ToDictionary(p => p.Key, p => p.Value.Mask.Count),
            Hash = region.Hash(),
            TiesAtThreshold = stability?.TiesAtThreshold,
            HalfOverlap = stability is null ? null : Math.Round(stability.HalfOverlap, 4),
        };
    }
}
