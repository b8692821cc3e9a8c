using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using Repro.Engine.Seeds;

namespace Repro.Engine.Regions;

/// <summary>Which weights a region is selected from; the paper does not say whether norms took part.</summary>
public enum NormReading
{
    /// <summary>The seven matrices of each block, their biases where it has any, and its RMSNorm weights as wide as the residual stream (the released code's selection); not the norms of queries and keys.</summary>
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
    /// <param name="progress">Called with the share of the work done, 0 to 1, after each tensor.</param>
    /// <exception cref="InputException">The map holds no weight of a block.</exception>
    public static Region Top(ImportanceMap map, double ratio, NormReading norms = NormReading.WithNorms, Action<double>? progress = null) =>
        Select(map, norms, scores => scores.Top(ratio), progress);

    /// <summary>The k least important weights of each tensor.</summary>
    /// <inheritdoc cref="Top"/>
    public static Region Bottom(ImportanceMap map, double ratio, NormReading norms = NormReading.WithNorms, Action<double>? progress = null) =>
        Select(map, norms, scores => scores.Bottom(ratio), progress);

    /// <summary>k weights of each tensor, drawn without replacement.</summary>
    /// <param name="shapes">Names and shapes to draw from.</param>
    /// <param name="ratio">Share of each tensor, 0 to 1.</param>
    /// <param name="seed">Each tensor's draw has a seed of its own, derived from this one and its name.</param>
    /// <param name="norms">Whether norms take part.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1, after each tensor.</param>
    public static Region Random(
        IEnumerable<(string Name, long[] Shape)> shapes, double ratio, ulong seed, NormReading norms = NormReading.WithNorms, Action<double>? progress = null) =>
        Select(Covered(shapes, norms), (name, shape) => Draw(Elements(shape), Size(ratio, Elements(shape)), SplitMix.Derive(seed, name)), progress);

    /// <summary>As many weights of each tensor as a region has, drawn without replacement.</summary>
    /// <param name="region">The region.</param>
    /// <param name="seed">Each tensor's draw has a seed of its own, derived from this one and its name.</param>
    public static Region RandomLike(Region region, ulong seed) => new(
        region.Parts.Select(p => KeyValuePair.Create(p.Key, new RegionPart(p.Value.Shape, Draw(Elements(p.Value.Shape), p.Value.Mask.Count, SplitMix.Derive(seed, p.Key))))));

    /// <summary>The tensors that take part in selection.</summary>
    /// <param name="shapes">Names and shapes of a model's weights; a name that no architecture has takes no part.</param>
    /// <param name="norms">Whether norms take part.</param>
    public static IEnumerable<(string Name, long[] Shape)> Covered(IEnumerable<(string Name, long[] Shape)> shapes, NormReading norms) =>
        shapes.Where(s => SupportedArchitectures.RoleOf(s.Name) is { } role && Covers(role, norms));

    private static bool Covers(WeightRole role, NormReading norms) =>
        WeightRoles.Matrices.Contains(role) || (norms == NormReading.WithNorms && (role.IsBias() || WeightRoles.BlockNorms.Contains(role)));

    /// <summary>k = int(ratio · numel).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not between 0 and 1.</exception>
    public static long Size(double ratio, long elements)
    {
        if (ratio is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "A ratio lies between 0 and 1.");
        return (long)(ratio * elements);
    }

    private static Region Select(ImportanceMap map, NormReading norms, Func<TensorScores, Bitmask> select, Action<double>? progress)
    {
        Bitmask Mask(string name)
        {
            using TensorScores scores = TensorScores.Of(map, name);
            return select(scores);
        }

        (string Name, long[] Shape)[] covered = [.. Covered(map.Shapes.Select(s => (s.Key, s.Value)), norms)];
        if (covered.Length == 0)
            throw new InputException("The importance map holds no weight of a block of a supported architecture; make it with 'repro importance'.");
        return Select(covered, (name, _) => Mask(name), progress);
    }

    private static Region Select(IEnumerable<(string Name, long[] Shape)> shapes, Func<string, long[], Bitmask> select, Action<double>? progress)
    {
        (string Name, long[] Shape)[] all = [.. shapes];
        double total = all.Sum(s => Elements(s.Shape));
        long done = 0;
        return new Region([.. all.Select(s =>
        {
            RegionPart part = new(s.Shape, select(s.Name, s.Shape));
            progress?.Invoke((done += Elements(s.Shape)) / total);
            return KeyValuePair.Create(s.Name, part);
        })]);
    }

    private static long Elements(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    // Floyd's algorithm: k distinct numbers with k draws.
    private static Bitmask Draw(long elements, long size, ulong seed)
    {
        SplitMix random = new(seed);
        Bitmask mask = new(elements);
        for (long last = elements - size; last < elements; last++)
        {
            long candidate = random.Below(last + 1);
            mask.Add(mask[candidate] ? last : candidate);
        }

        return mask;
    }
}
