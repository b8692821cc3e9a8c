using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>Biases in attention: their names, their place, and how they begin.</summary>
public sealed class BiasTests
{
    private static readonly LlamaConfig Plain = TinyModels.Config(keyValueHeads: 1);
    private static readonly LlamaConfig Biased = Plain with { AttentionBias = AttentionBias.QueryKeyValueOutput };

    [Test]
    public void Each_bias_follows_its_matrix_under_its_Hugging_Face_name()
    {
        const string Attention = "model.layers.0.self_attn.";
        IEnumerable<string> names = ParameterSet.Shapes(Biased).Where(s => s.Name.StartsWith(Attention, StringComparison.Ordinal))
            .Select(s => $"{s.Name[Attention.Length..]} {string.Join('x', s.Shape)}");
        names.Should().Equal(
            "q_proj.weight 8x8", "q_proj.bias 8", "k_proj.weight 4x8", "k_proj.bias 4", "v_proj.weight 4x8", "v_proj.bias 4",
            "o_proj.weight 8x8", "o_proj.bias 8");
    }

    [Test]
    public void Qwen2_has_none_on_the_output() =>
        ParameterSet.Shapes(Plain with { AttentionBias = AttentionBias.QueryKeyValue }).Select(s => s.Name)
            .Where(n => n.EndsWith(".bias", StringComparison.Ordinal))
            .Should().HaveCount(2 * 3).And.NotContainMatch("*o_proj*");

    [Test]
    public void Biases_are_weights_of_their_block() =>
        ModelLayout.Of(Biased).Weights.Where(w => w.Name.EndsWith(".bias", StringComparison.Ordinal)).Should().HaveCount(8).And.OnlyContain(w => w.Role.IsBias() && w.Layer != null);

    [Test]
    public void They_begin_at_0_and_move_no_draw_of_a_matrix()
    {
        using LlamaModel plain = Randomised(Plain);
        using LlamaModel biased = Randomised(Biased);
        foreach ((string name, float[] values) in biased.Values())
        {
            if (name.EndsWith(".bias", StringComparison.Ordinal))
                values.Should().AllSatisfy(v => v.Should().Be(0), name);
            else
                values.Should().Equal(plain.Values(name), name);
        }
    }

    private static LlamaModel Randomised(LlamaConfig config)
    {
        LlamaModel model = new(config, ScalarType.Float32, CPU);
        Initialisation.Randomise(model, 5);
        return model;
    }
}
