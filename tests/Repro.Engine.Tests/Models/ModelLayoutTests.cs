using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Models;

/// <summary>Which weight does what, and what it is called.</summary>
public sealed class ModelLayoutTests
{
    private static readonly ModelLayout Layout = ModelLayout.Of(TinyModels.Config());

    [Test]
    public void Only_weights_of_blocks_are_in_a_block() =>
        Layout.Weights.Where(w => w.Layer is null).Select(w => w.Name).Should().Equal("model.embed_tokens.weight", "model.norm.weight", "lm_head.weight");

    [Test]
    public void Every_name_leads_back_to_its_role_and_its_layer()
    {
        foreach (LayoutWeight weight in Layout.Weights)
        {
            (weight.Layer is { } layer ? Layout.Name(weight.Role, layer) : Layout.Name(weight.Role)).Should().Be(weight.Name);
            Layout.RoleOf(weight.Name).Should().Be(weight.Role);
            Layout.LayerOf(weight.Name).Should().Be(weight.Layer);
            Layout.ShapeOf(weight.Name).Should().Equal(weight.Shape);
            SupportedArchitectures.RoleOf(weight.Name).Should().Be(weight.Role);
        }
    }

    [Test]
    public void Names_come_block_by_block_in_the_order_asked_for() => Layout.Names(WeightRole.Down, WeightRole.AttentionOutput).Should().Equal(
        "model.layers.0.mlp.down_proj.weight", "model.layers.0.self_attn.o_proj.weight", "model.layers.1.mlp.down_proj.weight", "model.layers.1.self_attn.o_proj.weight");

    [Test]
    public void A_tied_head_is_the_embedding() =>
        ModelLayout.Of(TinyModels.Config(tied: true)).Name(WeightRole.Head).Should().Be("model.embed_tokens.weight");

    [TestCase("model.layers.2.mlp.up_proj.weight", Description = "the model has two layers")]
    [TestCase("model.layers.00.mlp.up_proj.weight")]
    [TestCase("model.layers..mlp.up_proj.weight")]
    [TestCase("model.layers.mlp.up_proj.weight")]
    [TestCase("model.layers.99999999999.mlp.up_proj.weight")]
    [TestCase("model.layers.0.mlp.up_proj")]
    [TestCase("model.layers.0.self_attn.q_proj.bias", Description = "the model has no biases")]
    [TestCase("")]
    public void A_name_of_no_weight_is_refused(string name)
    {
        Layout.ShapeOf(name).Should().BeNull();
        Layout.Invoking(l => l.RoleOf(name)).Should().Throw<ArgumentException>();
    }

    [Test]
    public void A_role_that_the_model_has_not_or_has_elsewhere_is_refused()
    {
        Layout.Invoking(l => l.Name(WeightRole.QueryBias, 0)).Should().Throw<InputException>().WithMessage("*LlamaForCausalLM*QueryBias*");
        Layout.Invoking(l => l.Name(WeightRole.Query)).Should().Throw<ArgumentException>();
        Layout.Invoking(l => l.Name(WeightRole.Head, 0)).Should().Throw<ArgumentException>();
    }

    [Test]
    public void Architectures_that_share_a_name_share_its_role_or_have_a_norm_of_the_stream_there()
    {
        foreach (IGrouping<string, WeightSpec> same in SupportedArchitectures.All.SelectMany(a => a.Weights).GroupBy(w => w.Pattern))
            same.Select(w => WeightRoles.BlockNorms.Contains(w.Role) ? WeightRole.InputNorm : w.Role).Distinct().Should().ContainSingle(same.Key);
    }

    [TestCase("model.layers.3.self_attn.q_proj.weight", "layer 3.self_attn.q_proj")]
    [TestCase("model.norm.weight", "model.norm.weight")]
    [TestCase("another", "another")]
    public void A_title_says_the_layer_first(string name, string title) => SupportedArchitectures.TitleOf(name).Should().Be(title);
}
