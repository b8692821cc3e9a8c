using Repro.Engine.Models;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>The kinds of weight a block has, as the paper writes them.</summary>
internal static class WeightTypes
{
    /// <summary>The two norms of LLaMA's blocks.</summary>
    public static IReadOnlyList<WeightRole> Norms { get; } = [WeightRole.InputNorm, WeightRole.FeedForwardNorm];

    public static IReadOnlyList<WeightRole> All { get; } = [.. WeightRoles.Matrices, .. Norms];

    /// <summary>As the paper writes it: Attn.q, FFN.down, Input_LayerNorm.</summary>
    public static string PaperName(WeightRole role) => role switch
    {
        WeightRole.Query => "Attn.q",
        WeightRole.Key => "Attn.k",
        WeightRole.Value => "Attn.v",
        WeightRole.AttentionOutput => "Attn.o",
        WeightRole.Gate => "FFN.gate",
        WeightRole.Up => "FFN.up",
        WeightRole.Down => "FFN.down",
        WeightRole.InputNorm => "Input_LayerNorm",
        WeightRole.FeedForwardNorm => "Post_Attention_LayerNorm",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "the paper has no name for it"),
    };
}
