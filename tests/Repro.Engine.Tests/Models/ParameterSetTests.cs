using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

public sealed class ParameterSetTests
{
    [Test]
    public void Weights_come_in_the_order_of_the_network_under_their_Hugging_Face_names()
    {
        (string Name, long[] Shape)[] shapes = [.. ParameterSet.Shapes(TinyModels.Config(keyValueHeads: 1) with { LayerCount = 1 })];
        shapes.Select(s => $"{s.Name} {string.Join('x', s.Shape)}").Should().Equal(
            "model.embed_tokens.weight 11x8",
            "model.layers.0.input_layernorm.weight 8",
            "model.layers.0.self_attn.q_proj.weight 8x8",
            "model.layers.0.self_attn.k_proj.weight 4x8",
            "model.layers.0.self_attn.v_proj.weight 4x8",
            "model.layers.0.self_attn.o_proj.weight 8x8",
            "model.layers.0.post_attention_layernorm.weight 8",
            "model.layers.0.mlp.gate_proj.weight 12x8",
            "model.layers.0.mlp.up_proj.weight 12x8",
            "model.layers.0.mlp.down_proj.weight 8x12",
            "model.norm.weight 8",
            "lm_head.weight 11x8");
    }

    [Test]
    public void Tied_embeddings_have_no_output_head_of_their_own() =>
        ParameterSet.Shapes(TinyModels.Config(tied: true)).Select(s => s.Name)
            .Should().NotContain("lm_head.weight").And.Contain("model.norm.weight");

    [Test]
    public void The_weights_of_layer_1_are_not_those_of_layer_10()
    {
        using LlamaModel model = new(TinyModels.Config() with { LayerCount = 11 }, ScalarType.Float32, CPU);
        using BlockLease block = model.Take(1, next: 2);
        block.Weights.Should().HaveCount(9);
        block.Weights["model.layers.1.mlp.up_proj.weight"].Should().BeSameAs(model.Parameters["model.layers.1.mlp.up_proj.weight"]);
    }

    [Test]
    public void Setting_a_weight_overwrites_it_in_place_and_converts_its_type()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        TorchSharp.Modules.Parameter norm = model.Parameters["model.norm.weight"];
        using Tensor values = arange(8, ScalarType.Float64);
        model.Parameters.Set("model.norm.weight", values);
        model.Parameters["model.norm.weight"].Should().BeSameAs(norm);
        norm.dtype.Should().Be(ScalarType.Float32);
        norm.data<float>().ToArray().Should().Equal(0, 1, 2, 3, 4, 5, 6, 7);
        norm.requires_grad.Should().BeTrue();
    }

    [Test]
    public void Values_of_another_shape_are_refused_even_where_they_would_broadcast()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        using Tensor values = ones(1);
        FluentActions.Invoking(() => model.Parameters.Set("model.norm.weight", values))
            .Should().Throw<ArgumentException>().WithMessage("model.norm.weight has shape [8], not [1].*");
    }

    [Test]
    public void Weights_outlive_a_dispose_scope_and_go_with_their_model()
    {
        LlamaModel model;
        using (NewDisposeScope())
            model = TinyModels.Random(TinyModels.Config());
        model.Parameters.Values.Should().AllSatisfy(p => p.IsInvalid.Should().BeFalse());
        model.Dispose();
        model.Parameters.Values.Should().AllSatisfy(p => p.IsInvalid.Should().BeTrue());
    }
}
