namespace Repro.Paper.Experiments.Conditions;

/// <summary>
/// A dimension of the residual stream, named by how it is found: the paper names numbers (2100, 4743), which mean nothing in another model.
/// </summary>
/// <param name="Rank">Place among the dimensions by importance, 1 for the most important; 0 for a random one.</param>
/// <param name="Draw">Which random one.</param>
public readonly record struct ResidualDimension(int Rank, int Draw = 0)
{
    /// <summary>A dimension drawn at random from all but the ten most important.</summary>
    public static ResidualDimension Random(int draw) => new(0, draw);

    /// <summary>The region whose members are counted to rank dimensions.</summary>
    public static RegionRemoval RankedBy { get; } = new(RegionKind.Top, RegionLibrary.DimensionRatio);

    /// <summary>Whether it is a random one.</summary>
    public bool IsRandom => Rank == 0;

    /// <inheritdoc/>
    public override string ToString() => IsRandom ? $"random {Draw}" : $"top {Rank}";
}
