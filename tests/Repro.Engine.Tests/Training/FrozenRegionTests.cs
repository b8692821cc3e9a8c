using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;
using TorchSharp;

namespace Repro.Engine.Tests.Training;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FrozenRegionTests : IDisposable
{
    private static readonly TrainingSettings Settings = new() { Steps = 5, BatchSize = 2, LearningRate = 0.01, WarmUpSteps = 2 };
    private readonly LlamaModel single = TinyModels.Random(TinyModels.Config());
    private readonly Region region;

    public FrozenRegionTests() => region = RegionSelection.Random(ParameterSet.Shapes(single.Config), 0.2, 3);

    public void Dispose() => single.Dispose();

    [TestCase(torch.ScalarType.Float32)]
    [TestCase(torch.ScalarType.BFloat16)]
    public void The_region_keeps_its_bits_while_every_tensor_moves_around_it(torch.ScalarType type)
    {
        using LlamaModel model = TinyModels.Copy(single, type);
        Dictionary<string, float[]> before = model.Values();
        using FrozenRegion frozen = new(model.Parameters, region);
        using Trainer trainer = new(model, TinyModels.Documents, Settings) { Frozen = frozen };
        trainer.Run();

        foreach ((string name, float[] values) in model.Values())
        {
            Bitmask members = region.Parts.TryGetValue(name, out RegionPart? part) ? part.Mask : new Bitmask(values.Length);
            int[] moved = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != before[name][i])];
            moved.Should().NotBeEmpty(name).And.NotContain(i => members[i], name);
        }
    }

    [Test]
    public void The_rest_is_trained_on_the_region_as_it_is_held()
    {
        using LlamaModel free = TinyModels.Copy(single, torch.ScalarType.Float32);
        using Trainer alone = new(free, TinyModels.Documents, Settings);
        alone.Run();
        using FrozenRegion frozen = new(single.Parameters, region);
        using Trainer trainer = new(single, TinyModels.Documents, Settings) { Frozen = frozen };
        trainer.Run();
        trainer.Losses[0].Should().Be(alone.Losses[0], "the first step is the same");
        trainer.Losses[^1].Should().NotBe(alone.Losses[^1]);
    }

    [Test]
    public void It_restores_what_was_there_when_it_was_made()
    {
        Dictionary<string, float[]> before = single.Values();
        using FrozenRegion frozen = new(single.Parameters, region);
        using (torch.no_grad())
        {
            foreach (torch.Tensor weight in single.Parameters.Values)
                weight.fill_(9);
        }

        frozen.Restore();
        foreach ((string name, float[] values) in single.Values())
            values.Should().Equal(before[name].Select((w, i) => region.Parts.TryGetValue(name, out RegionPart? part) && part.Mask[i] ? w : 9), name);
    }

    [Test]
    public void Disposing_frees_every_tensor_it_made()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        FrozenRegion frozen = new(single.Parameters, region);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before + (2 * region.Parts.Count(p => p.Value.Mask.Count > 0)));
        frozen.Dispose();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Test]
    public void A_region_of_another_model_is_refused()
    {
        Region other = RegionSelection.Random(ParameterSet.Shapes(TinyModels.Config() with { IntermediateSize = 20 }), 0.1, 3);
        FluentActions.Invoking(() => new FrozenRegion(single.Parameters, other)).Should().Throw<InputException>().WithMessage("*mlp*");
    }
}
