namespace Repro.Engine.Models;

/// <summary>Kinds of roles.</summary>
public static class WeightRoles
{
    /// <summary>The seven matrices of a block, in the order of the network.</summary>
    public static IReadOnlyList<WeightRole> Matrices { get; } =
    [
        WeightRole.Query, WeightRole.Key, WeightRole.Value, WeightRole.AttentionOutput, WeightRole.Gate, WeightRole.Up, WeightRole.Down,
    ];

    /// <summary>The RMSNorms of a block that are as wide as the residual stream, in the order of the network, of which each architecture has some; those of queries and keys are not among them.</summary>
    public static IReadOnlyList<WeightRole> BlockNorms { get; } = [WeightRole.InputNorm, WeightRole.AttentionOutputNorm, WeightRole.FeedForwardNorm, WeightRole.FeedForwardOutputNorm];

    /// <summary>Whether it is a bias.</summary>
    public static bool IsBias(this WeightRole role) =>
        role is WeightRole.QueryBias or WeightRole.KeyBias or WeightRole.ValueBias or WeightRole.AttentionOutputBias;

    /// <summary>Whether it is a norm's weight.</summary>
    public static bool IsNorm(this WeightRole role) =>
        role is WeightRole.QueryNorm or WeightRole.KeyNorm or WeightRole.FinalNorm || BlockNorms.Contains(role);

    /// <summary>Whether each block has one; embedding, final norm and output head stand alone (Section 3.2).</summary>
    public static bool IsInBlock(this WeightRole role) => role is not (WeightRole.Embedding or WeightRole.FinalNorm or WeightRole.Head);

    /// <summary>Whether it is a matrix that writes into the residual stream.</summary>
    public static bool WritesResidual(this WeightRole role) => role is WeightRole.AttentionOutput or WeightRole.Down;
}
