using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Seeds;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Regions;

/// <summary>Which weights a region is selected from; the paper does not say whether norms took part.</summary>
public enum NormReading
{
    /// <summary>The seven matrices and the two RMSNorm weights of each block (the released code's selection).</summary>
    WithNorms,

    /// <summary>The seven matrices alone (the paper's "each parameter matrix").</summary>
    MatricesOnly,
}

/// <summary>Selects k = int(ratio · numel) weights of each tensor (Section 3.2). Equal scores go to the lower index first.</summary>
public static class RegionSelection
{
    /// <summary>The k most important weights of each tensor.</summary>
    /// <param name="map">Importance.</param>
    /// <param name="ratio">Share of each tensor, 0 to 1.</param>
    /// <param name="norms">Whether norms take part.</param>
    public static Region Top(ImportanceMap map, double ratio, NormReading norms = NormReading.WithNorms) =>
        Select(map, norms, (scores, _) => Largest(scores, Size(ratio, scores.numel())));

    /// <summary>The k least important weights of each tensor.</summary>
    /// <inheritdoc cref="Top"/>
    public static Region Bottom(ImportanceMap map, double ratio, NormReading norms = NormReading.WithNorms) =>
        Select(map, norms, (scores, _) => Largest(-scores, Size(ratio, scores.numel())));

    /// <summary>k weights of each tensor, drawn without replacement.</summary>
    /// <param name="shapes">Names and shapes to draw from.</param>
    /// <param name="ratio">Share of each tensor, 0 to 1.</param>
    /// <param name="seed">Each tensor's draw has a seed of its own, derived from this one and its name.</param>
    /// <param name="norms">Whether norms take part.</param>
    public static Region Random(
        IEnumerable<(string Name, long[] Shape)> shapes, double ratio, ulong seed, NormReading norms = NormReading.WithNorms) =>
        new(shapes.Where(s => TakesPart(s.Name, s.Shape.Length, norms)).Select(s => KeyValuePair.Create(
            s.Name, new RegionPart(s.Shape, Draw(s.Shape.Aggregate(1L, (a, b) => a * b), ratio, SplitMix.Derive(seed, s.Name))))));

    /// <summary>How many weights share the score at Top's threshold, members or not, beyond the first of each tensor; 0 means no tie.</summary>
    public static long TiesAtThreshold(ImportanceMap map, double ratio, NormReading norms = NormReading.WithNorms)
    {
        using DisposeScope scope = NewDisposeScope();
        return map.Scores.Where(s => TakesPart(s.Key, (int)s.Value.dim(), norms) && Size(ratio, s.Value.numel()) > 0)
            .Sum(s => (s.Value == Threshold(s.Value.flatten(), Size(ratio, s.Value.numel()))).sum().ToInt64() - 1);
    }

    /// <summary>k = int(ratio · numel).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not between 0 and 1.</exception>
    public static long Size(double ratio, long elements)
    {
        if (ratio is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "A ratio lies between 0 and 1.");
        return (long)(ratio * elements);
    }

    private static bool TakesPart(string name, int dimensions, NormReading norms) =>
        ParameterSet.IsInBlock(name) && (norms == NormReading.WithNorms || dimensions > 1);

    private static Region Select(ImportanceMap map, NormReading norms, Func<Tensor, string, Bitmask> select)
    {
        using DisposeScope scope = NewDisposeScope();
        return new Region([.. map.Scores
            .Where(s => TakesPart(s.Key, (int)s.Value.dim(), norms))
            .Select(s => KeyValuePair.Create(s.Key, new RegionPart(s.Value.shape, select(s.Value.flatten(), s.Key))))]);
    }

    private static Bitmask Largest(Tensor scores, long k)
    {
        using DisposeScope scope = NewDisposeScope();
        if (!scores.isfinite().all().ToBoolean())
            throw new ArgumentException("An importance score is not finite.", nameof(scores));
        Bitmask mask = new(scores.numel());
        if (k == 0)
            return mask;

        Tensor threshold = Threshold(scores, k);
        Tensor above = scores > threshold;
        Tensor level = scores == threshold;
        Tensor chosen = above | (level & (level.to(ScalarType.Int64).cumsum(0) <= k - above.sum()));
        foreach (long index in chosen.nonzero().flatten().data<long>())
            mask.Add(index);
        return mask;
    }

    private static Tensor Threshold(Tensor scores, long k) => scores.topk((int)k).values.min();

    // Floyd's algorithm: k distinct numbers with k draws.
    private static Bitmask Draw(long elements, double ratio, ulong seed)
    {
        SplitMix random = new(seed);
        Bitmask mask = new(elements);
        for (long last = elements - Size(ratio, elements); last < elements; last++)
        {
            long candidate = random.Below(last + 1);
            mask.Add(mask[candidate] ? last : candidate);
        }

        return mask;
    }
}
