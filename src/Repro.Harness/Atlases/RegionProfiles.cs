using Repro.Engine.Models;
using Repro.Engine.Regions;

namespace Repro.Harness.Atlases;

/// <summary>Where regions lie in a model.</summary>
internal static class RegionProfiles
{
    /// <summary>The profile of a language's region.</summary>
    /// <param name="code">The language.</param>
    /// <param name="region">Its region.</param>
    /// <param name="config">The model's shape.</param>
    public static AtlasProfile Of(string code, Region region, LlamaConfig config)
    {
        ModelLayout layout = ModelLayout.Of(config);
        (LayoutWeight Weight, RegionPart Part)[] parts = [.. layout.Weights.Where(w => w.Layer is not null && region.Parts.ContainsKey(w.Name)).Select(w => (w, region.Parts[w.Name]))];
        return new AtlasProfile(
            code,
            region.Count,
            region.Count / (double)region.Population,
            [.. parts.GroupBy(p => p.Weight.Layer).OrderBy(g => g.Key).Select(Share)],
            WeightRoles.Matrices.ToDictionary(role => role.ToString(), role => Share(parts.Where(p => p.Weight.Role == role))),
            [.. parts.GroupBy(p => p.Weight.Layer).OrderBy(g => g.Key).Select(block => Heads([.. block], config))]);
    }

    private static double Share(IEnumerable<(LayoutWeight Weight, RegionPart Part)> parts) =>
        parts.Sum(p => p.Part.Mask.Count) / (double)parts.Sum(p => p.Part.Mask.Length);

    // Keys and values of several query heads are one.
    private static double[] Heads((LayoutWeight Weight, RegionPart Part)[] block, LlamaConfig config)
    {
        double[] members = new double[config.HeadCount];
        double[] weights = new double[config.HeadCount];
        foreach ((LayoutWeight weight, RegionPart part) in block.Where(p => p.Weight.Role is WeightRole.Query or WeightRole.Key or WeightRole.Value or WeightRole.AttentionOutput))
        {
            bool isOutput = weight.Role == WeightRole.AttentionOutput;
            long[][] heads = [.. Dimensions.Counts(part, isOutput ? MatrixAxis.Column : MatrixAxis.Row).Chunk(config.HeadSize)];
            long width = part.Shape[isOutput ? 0 : 1];
            for (int head = 0; head < config.HeadCount; head++)
            {
                members[head] += heads[head * heads.Length / config.HeadCount].Sum();
                weights[head] += config.HeadSize * width;
            }
        }

        return [.. members.Zip(weights, (m, w) => m / w)];
    }
}
