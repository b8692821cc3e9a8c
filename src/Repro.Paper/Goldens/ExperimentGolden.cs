using Repro.Engine.Evaluation;
using Repro.Engine.Regions;
using Repro.Paper.Experiments;
using Repro.Paper.Languages;

namespace Repro.Paper.Goldens;

/// <summary>How far a number may move, and why.</summary>
/// <param name="Value">Largest absolute difference.</param>
/// <param name="Reason">Why that much.</param>
public sealed record Tolerance(double Value, string Reason);

/// <summary>The tolerances of a golden.</summary>
public sealed record Tolerances
{
    /// <summary>Of the unedited model, nats per token.</summary>
    public Tolerance Base { get; init; } = new(0.001, "float32 sums in another order (AVX2 instead of AVX-512) move a loss by about 1e-6 relative; 0.001 nats is far above that and far below any claim's margin");

    /// <summary>Of an edited model, nats per token.</summary>
    public Tolerance Edited { get; init; } = new(0.02, "on another CPU weights at the threshold may change places, and an edited model is more sensitive; a fifth of the smallest effect that a claim speaks of");

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

    /// <summary>Perplexity of the unedited model.</summary>
    public required double BasePerplexity { get; init; }

    /// <summary>Nats per token by condition.</summary>
    public required IReadOnlyDictionary<string, double> NatsPerToken { get; init; }

    /// <summary>Random draws that hurt less than the Top region, of all draws, by ratio.</summary>
    public required IReadOnlyDictionary<string, string> TopAmongRandom { get; init; }
}

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

    internal static ExperimentGolden Of(Experiment experiment, Laboratory laboratory, Provenance provenance) => new()
    {
        Experiment = experiment.Id,
        Title = experiment.Title,
        Provenance = provenance,
        Tolerances = new Tolerances(),
        Languages = experiment.Languages.ToDictionary(l => l.Name, l => OfLanguage(experiment, laboratory, l)),
        Regions = experiment.Conditions.Where(c => c.Kind != RegionKind.Base && c.Draw == 0).ToDictionary(c => c.Id, c => OfRegion(laboratory, c)),
    };

    private static LanguageGolden OfLanguage(Experiment experiment, Laboratory laboratory, Language language)
    {
        Measurement baseline = laboratory.Recall(Condition.Base, language);
        Condition[] randoms = [.. experiment.Conditions.Where(c => c.Kind == RegionKind.Random)];
        return new LanguageGolden
        {
            Documents = baseline.Documents.Count,
            Tokens = baseline.Tokens,
            UnigramNats = Math.Round(UnigramModel.NatsPerToken(laboratory.TestDocuments(language)), NatsDigits),
            BasePerplexity = Math.Round(baseline.Perplexity, 3),
            NatsPerToken = experiment.Conditions.ToDictionary(c => c.Id, c => Math.Round(laboratory.Recall(c, language).NatsPerToken, NatsDigits)),
            TopAmongRandom = experiment.Conditions.Where(c => c.Kind == RegionKind.Top && randoms.Length > 0).ToDictionary(c => c.Id, c =>
            {
                double top = laboratory.Recall(c, language).NatsPerToken;
                Condition[] same = [.. randoms.Where(r => r.Ratio == c.Ratio)];
                return $"{same.Count(r => laboratory.Recall(r, language).NatsPerToken < top)} of {same.Length}";
            }),
        };
    }

    private static RegionGolden OfRegion(Laboratory laboratory, Condition condition)
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
