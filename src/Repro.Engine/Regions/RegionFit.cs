using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Regions;

/// <summary>Checks that a region belongs to a model.</summary>
public static class RegionFit
{
    /// <summary>Does nothing where every tensor of the region is the model's, in the same shape.</summary>
    /// <exception cref="InputException">One is not.</exception>
    public static void Check(Region region, LlamaConfig config) => Check(region, ParameterSet.Shapes(config));

    /// <inheritdoc cref="Check(Region, LlamaConfig)"/>
    public static void Check(Region region, ParameterSet parameters) => Check(region, parameters.Select(p => (p.Key, p.Value.shape)));

    /// <inheritdoc cref="Check(Region, LlamaConfig)"/>
    public static void Check(Region region, IEnumerable<(string Name, long[] Shape)> weights)
    {
        Dictionary<string, long[]> shapes = weights.ToDictionary(s => s.Name, s => s.Shape, StringComparer.Ordinal);
        foreach ((string name, RegionPart part) in region.Parts)
        {
            if (!shapes.TryGetValue(name, out long[]? shape) || !shape.SequenceEqual(part.Shape))
                throw new InputException($"The region covers '{name}' [{string.Join(", ", part.Shape)}], which this checkpoint does not have; select a region from this checkpoint.");
        }
    }
}
