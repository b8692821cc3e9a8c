using Repro.Engine.Cores;
using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>
/// Section 2.2: whether the first-order importance (Eq. 4) ranks weights as exact ablation (Eq. 2) does. Sampled weights of every kind, in float64,
/// bootstrapped over the weights.
/// </summary>
public static class ApproximationQuantities
{
    private const int WeightsPerType = 64;
    private const int DocumentsPerLanguage = 2;

    /// <summary>All of them, one for each kind of weight.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
        [.. WeightTypes.All.Select(type => new Quantity(Key(type), "Spearman's correlation of |gθ| with exact ablation", 0.02, (session, context) => Measure(session, type, context)) { Readings = [] })];

    /// <summary>Key of a kind of weight.</summary>
    public static string Key(WeightRole type) => $"exact against first order {WeightTypes.PaperName(type)}";

    private static Resampled Measure(ModelSession session, WeightRole type, RunContext context)
    {
        int[][] documents = [.. session.Profile.Texts.Importance.SelectMany(l => session.Texts.Samples(l, ..DocumentsPerLanguage))];
        string[] names = [.. session.Regions.Layout.Names(type)];
        IReadOnlyList<AblatedWeight>[] measured = new IReadOnlyList<AblatedWeight>[names.Length];
        int workers = Math.Min(names.Length, OneCoreEach.Degree(session.Config, session.Configuration.Device));
        OneCoreEach.ForEach([.. Enumerable.Range(0, workers)], workers, worker =>
        {
            using LlamaModel exact = session.Copy(TorchSharp.torch.ScalarType.Float64);
            for (int i = worker; i < names.Length; i += workers)
                measured[i] = ExactAblation.Measure(exact, names[i], Chosen(session, names[i], WeightsPerType / names.Length), documents, context.Cancellation);
        });
        AblatedWeight[] weights = [.. measured.SelectMany(m => m)];
        return Resampled.Over(
            weights.Length,
            choice => RankCorrelation.Of([.. choice.Select(i => weights[i].Exact)], [.. choice.Select(i => weights[i].FirstOrder)]),
            SplitMix.Derive(session.Profile.Seed, Key(type)));
    }

    private static long[] Chosen(ModelSession session, string name, int count)
    {
        SplitMix random = new(SplitMix.Derive(session.Profile.Seed, $"ablation {name}"));
        long weights = session.Regions.Layout.ShapeOf(name)!.Aggregate(1L, (a, b) => a * b);
        return [.. Enumerable.Range(0, Math.Max(1, count)).Select(_ => random.Below(weights))];
    }
}
