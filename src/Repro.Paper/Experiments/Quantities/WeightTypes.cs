namespace Repro.Paper.Experiments.Quantities;

/// <summary>The kinds of weight a block has.</summary>
internal static class WeightTypes
{
    public static IReadOnlyList<string> Matrices { get; } =
        ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"];

    public static IReadOnlyList<string> All { get; } = [.. Matrices, "input_layernorm", "post_attention_layernorm"];

    /// <summary>As the paper writes it: Attn.q, FFN.down, Input_LayerNorm.</summary>
    public static string PaperName(string type) => type switch
    {
        "input_layernorm" => "Input_LayerNorm",
        "post_attention_layernorm" => "Post_Attention_LayerNorm",
        _ => type.Replace("self_attn.", "Attn.", StringComparison.Ordinal).Replace("mlp.", "FFN.", StringComparison.Ordinal).Replace("_proj", "", StringComparison.Ordinal),
    };
}
