using System.Globalization;

namespace Repro.Engine.Models;

/// <summary>A tensor of a checkpoint's files that holds several weights of a block, the rows of one below those of the other.</summary>
/// <param name="Pattern">Its name, with * for the index of the block.</param>
/// <param name="Roles">The weights, in the order of the network.</param>
internal sealed record FusedSpec(string Pattern, params WeightRole[] Roles)
{
    /// <summary>The tensor's name.</summary>
    /// <param name="layer">The block from 0.</param>
    public string Name(int layer) => Pattern.Replace("*", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
