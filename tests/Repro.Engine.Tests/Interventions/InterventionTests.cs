using Repro.Engine.Files;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Interventions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InterventionTests : IDisposable
{
    private const string Query = "model.layers.1.self_attn.q_proj.weight";
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config());
    private readonly string before;

    public InterventionTests() => before = WeightFingerprint.Of(model);

    private Region SomeRegion => RegionSelection.Random(ParameterSet.Shapes(model.Config), 0.2, 3);

    public void Dispose() => model.Dispose();

    [Test]
    public void Removing_sets_exactly_the_members_to_zero_and_restores_them()
    {
        Region region = SomeRegion;
        float[] original = [.. model.Parameters[Query].detach().flatten().data<float>()];
        using (new RemoveRegion(region).Apply(model))
        {
            float[] edited = [.. model.Parameters[Query].detach().flatten().data<float>()];
            for (int i = 0; i < edited.Length; i++)
                edited[i].Should().Be(region.Parts[Query].Mask[i] ? 0 : original[i]);
        }

        WeightFingerprint.Of(model).Should().Be(before);
    }

    [Test]
    public void Weights_are_restored_when_the_body_throws()
    {
        FluentActions.Invoking(() =>
        {
            using IDisposable edit = new RemoveRegion(SomeRegion).Apply(model);
            throw new OperationCanceledException();
        }).Should().Throw<OperationCanceledException>();
        WeightFingerprint.Of(model).Should().Be(before);
    }

    [Test]
    public void Nested_edits_of_the_same_weight_unwind_in_order()
    {
        EditWeight set = EditWeight.Parse(Query + "[1,2]=5", multiply: false);
        EditWeight scale = EditWeight.Parse(Query + "[1,2]=10", multiply: true);
        using (new Combined([set, scale, new RemoveRegion(SomeRegion), set, scale]).Apply(model))
            model.Parameters[Query][1, 2].item<float>().Should().Be(50);
        WeightFingerprint.Of(model).Should().Be(before);
    }

    [Test]
    public void Signed_zeros_and_nans_come_back_bit_for_bit()
    {
        using (Tensor odd = tensor(new[] { -0f, BitConverter.UInt32BitsToSingle(0x7fc12345), float.NegativeInfinity, 1, 1, 1, 1, 1 }))
            model.Parameters.Set("model.layers.0.input_layernorm.weight", odd);
        string odder = WeightFingerprint.Of(model);
        Region everything = RegionSelection.Random(ParameterSet.Shapes(model.Config), 1, 3);
        new RemoveRegion(everything).Apply(model).Dispose();
        WeightFingerprint.Of(model).Should().Be(odder);
    }

    [Test]
    public void A_failing_edit_undoes_those_before_it()
    {
        Combined edits = new([new RemoveRegion(SomeRegion), EditWeight.Parse(Query + "[99,0]=1", multiply: false)]);
        FluentActions.Invoking(() => edits.Apply(model)).Should().Throw<InputException>().WithMessage("*99*");
        WeightFingerprint.Of(model).Should().Be(before);
    }

    [TestCase("nonsense")]
    [TestCase("a[1]")]
    [TestCase("a[1]=")]
    [TestCase("a[1]=NaN")]
    [TestCase("a[-1]=2")]
    [TestCase("a[]=2")]
    public void A_malformed_edit_is_refused(string text) =>
        FluentActions.Invoking(() => EditWeight.Parse(text, multiply: false)).Should().Throw<InputException>().WithMessage($"*{text}*");

    [Test]
    public void A_weight_the_model_does_not_have_is_named() =>
        FluentActions.Invoking(() => EditWeight.Parse("no.such.weight[0]=1", multiply: false).Apply(model)).Should().Throw<InputException>().WithMessage("*no.such.weight*");

    [Test]
    public void A_region_of_another_shape_is_refused()
    {
        Region other = RegionSelection.Random(ParameterSet.Shapes(TinyModels.Config() with { IntermediateSize = 20 }), 0.1, 3);
        FluentActions.Invoking(() => new RemoveRegion(other).Apply(model)).Should().Throw<InputException>();
        WeightFingerprint.Of(model).Should().Be(before);
    }
}
