using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Repro.Engine.Regions;

/// <summary>The part of a region that lies in one weight tensor.</summary>
/// <param name="Shape">The tensor's sizes.</param>
/// <param name="Mask">Its members, by row-major index.</param>
public sealed record RegionPart(long[] Shape, Bitmask Mask);

/// <summary>A set of weights: a bit mask per parameter. Closed under union, intersection and difference (Eq. 5).</summary>
public sealed class Region
{
    private readonly SortedDictionary<string, RegionPart> parts;

    /// <summary>Creates a region from its parts.</summary>
    /// <param name="parts">One part per parameter it covers, members or not.</param>
    public Region(IEnumerable<KeyValuePair<string, RegionPart>> parts) =>
        this.parts = new SortedDictionary<string, RegionPart>(parts.ToDictionary(p => p.Key, p => p.Value), StringComparer.Ordinal);

    /// <summary>The parts by parameter name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, RegionPart> Parts => parts;

    /// <summary>Number of weights in the region.</summary>
    public long Count => parts.Values.Sum(p => p.Mask.Count);

    /// <summary>Number of weights the region was selected from.</summary>
    public long Population => parts.Values.Sum(p => p.Mask.Length);

    /// <summary>Weights in either region.</summary>
    public Region Union(Region other) => Combine(other, (a, b) => a.Union(b));

    /// <summary>Weights in both regions.</summary>
    public Region Intersect(Region other) => Combine(other, (a, b) => a.Intersect(b));

    /// <summary>Weights in this region and not in the other.</summary>
    public Region Except(Region other) => Combine(other, (a, b) => a.Except(b));

    /// <summary>A language's own region S*_l = S_l − ∪ S_l' over the other languages (Eq. 5).</summary>
    /// <param name="others">The other languages' regions.</param>
    public Region ExceptAll(IEnumerable<Region> others) => others.Aggregate(this, (rest, other) => rest.Except(other));

    /// <summary>Size of the intersection over size of the union; 1 for two empty regions.</summary>
    public double Jaccard(Region other)
    {
        long union = Union(other).Count;
        return union == 0 ? 1 : Intersect(other).Count / (double)union;
    }

    /// <summary>Whether both regions cover the same tensors.</summary>
    public bool HasShapesOf(Region other) => Difference(other) is null;

    /// <summary>SHA-256 over names, shapes and members.</summary>
    /// <returns>Lower-case hexadecimal; equal for equal regions.</returns>
    public string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, RegionPart part) in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} [{string.Join(',', part.Shape)}]\n"));
            hash.AppendData(MemoryMarshal.AsBytes(part.Mask.Words));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private Region Combine(Region other, Func<Bitmask, Bitmask, Bitmask> operation)
    {
        if (Difference(other) is { } difference)
            throw new ArgumentException($"The regions do not cover the same tensors: '{difference}' differs.", nameof(other));
        return new Region(parts.Select(p => KeyValuePair.Create(p.Key, p.Value with { Mask = operation(p.Value.Mask, other.parts[p.Key].Mask) })));
    }

    private string? Difference(Region other) => parts.Keys.Except(other.parts.Keys).Concat(other.parts.Keys.Except(parts.Keys)).FirstOrDefault()
        ?? parts.Keys.FirstOrDefault(name => !parts[name].Shape.SequenceEqual(other.parts[name].Shape));
}
