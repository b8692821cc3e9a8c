using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Regions;

public sealed class RegionFitTests : IDisposable
{
    private const string Query = "model.layers.0.self_attn.q_proj.weight";
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config());

    public void Dispose() => model.Dispose();

    [Test]
    public void A_region_of_the_models_own_tensors_fits()
    {
        Check(RegionSelection.Random(ParameterSet.Shapes(model.Config), 0.1, 3)).Should().NotThrow();
        Check(One(Query, 8, 8)).Should().NotThrow();
        Check(new Region([])).Should().NotThrow();
    }

    [TestCase("model.layers.2.self_attn.q_proj.weight", 8L, 8L, Description = "the model has two layers")]
    [TestCase(Query, 4L, 16L, Description = "as many weights in another shape")]
    [TestCase(Query, 64L)]
    public void A_tensor_the_model_does_not_have_in_that_shape_is_named(string name, params long[] shape) =>
        Check(One(name, shape)).Should().Throw<InputException>().WithMessage($"*{name}*{string.Join(", ", shape)}*");

    [Test]
    public void A_shape_alone_is_enough_to_check_against()
    {
        FluentActions.Invoking(() => RegionFit.Check(One(Query, 8, 8), model.Config)).Should().NotThrow();
        FluentActions.Invoking(() => RegionFit.Check(One(Query, 64), model.Config)).Should().Throw<InputException>().WithMessage($"*{Query}*64*");
    }

    private static Region One(string name, params long[] shape) =>
        new([KeyValuePair.Create(name, new RegionPart(shape, new Bitmask(shape.Aggregate(1L, (a, b) => a * b))))]);

    private Action Check(Region region) => () => RegionFit.Check(region, model.Parameters);
}
