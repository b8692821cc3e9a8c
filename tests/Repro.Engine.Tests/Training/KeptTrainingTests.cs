using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Training;

/// <summary>A further training run that ends at any step goes on from its last snapshot with the same bits.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KeptTrainingTests : IDisposable
{
    private static readonly int[][] Documents = [.. Enumerable.Range(0, 9).Select(i => TinyModels.Documents[i % 3])];
    private static readonly TrainingSettings Settings = new() { Steps = 9, BatchSize = 1, LearningRate = 0.01, WarmUpSteps = 4, WeightDecay = 0.001 };
    private static readonly int[] Stops = [0, 2, 5, 9];
    private static readonly LlamaConfig Config = TinyModels.Config();
    private static readonly Region Region = RegionSelection.Random(ParameterSet.Shapes(Config), 0.2, 3);

    private readonly TestFolder folder = new();

    private string Path => folder["snapshot.safetensors"];

    private static IEnumerable<FurtherTraining> Runs =>
    [
        new() { Documents = Documents, Settings = Settings },
        new() { Documents = Documents, Settings = Settings, Removed = Region },
        new() { Documents = Documents, Settings = Settings, Removed = Region, Masters = MasterReading.MastersRestored },
        new() { Documents = Documents, Settings = Settings, Removed = Region, Frozen = Region },
        new() { Documents = Documents, Settings = Settings, Frozen = Region },
        new() { Documents = Documents, Settings = Settings, Slowed = (Region, 0.1) },
    ];

    public void Dispose() => folder.Dispose();

    [Test]
    public void A_run_that_was_killed_at_any_step_ends_with_the_bits_of_one_that_was_not([Range(0, 5)] int kind, [Range(1, 8)] int killedAt)
    {
        FurtherTraining run = Runs.ElementAt(kind);
        Dictionary<int, float[]> whole = [];
        Run(run, whole, null, killedAt: int.MaxValue);

        Dictionary<int, float[]> kept = [];
        TrainingSnapshot snapshot = new(Path, "run", stepsBetween: 2);
        FluentActions.Invoking(() => Run(run, kept, snapshot, killedAt)).Should().Throw<OperationCanceledException>();
        int stepsAgain = Run(run, kept, snapshot, killedAt: int.MaxValue);
        kept.Should().BeEquivalentTo(whole);
        stepsAgain.Should().Be(9 - (killedAt / 2 * 2), "what a snapshot holds is not done again");
        folder.FileNames.Should().BeEmpty("the snapshot of a finished run goes");
    }

    [Test]
    public void A_snapshot_beyond_a_stop_whose_measurement_is_gone_is_not_used()
    {
        FurtherTraining run = Runs.First();
        TrainingSnapshot snapshot = new(Path, "run", stepsBetween: 2);
        Dictionary<int, float[]> kept = [];
        FluentActions.Invoking(() => Run(run, kept, snapshot, killedAt: 7)).Should().Throw<OperationCanceledException>();
        kept.Remove(2);
        Run(run, kept, snapshot, killedAt: int.MaxValue).Should().Be(9);
        kept.Keys.Should().BeEquivalentTo(Stops);
    }

    [TestCase(-3)]
    [TestCase(20)]
    public void A_damaged_snapshot_is_named(int at)
    {
        TrainingSnapshot snapshot = new(Path, "run", stepsBetween: 2);
        FluentActions.Invoking(() => Run(Runs.First(), [], snapshot, killedAt: 3)).Should().Throw<OperationCanceledException>();
        byte[] bytes = File.ReadAllBytes(Path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x10;
        File.WriteAllBytes(Path, bytes);
        FluentActions.Invoking(() => snapshot.StepsTaken()).Should().Throw<InputException>().WithMessage($"*{Path}*");
    }

    [Test]
    public void A_removal_for_good_leaves_no_tensor_behind()
    {
        using LlamaModel model = TinyModels.Random(Config);
        long before = Tensor.TotalCount;
        new Engine.Interventions.RemoveRegion(Region).ApplyForGood(model.Parameters);
        Tensor.TotalCount.Should().BeLessThanOrEqualTo(before);
        model.Values().Sum(w => w.Value.Count(v => v == 0)).Should().BeGreaterThanOrEqualTo((int)Region.Count);
    }

    private static int Run(FurtherTraining run, Dictionary<int, float[]> kept, TrainingSnapshot? snapshot, int killedAt)
    {
        using LlamaModel single = TinyModels.Random(Config);
        using LlamaModel model = TinyModels.Copy(single, ScalarType.BFloat16);
        using CancellationTokenSource kill = new();
        int steps = 0;
        run.Run(
            model,
            Stops,
            stop => kept[stop] = [.. model.Values().OrderBy(w => w.Key, StringComparer.Ordinal).SelectMany(w => w.Value)],
            _ =>
            {
                if (++steps == killedAt)
                    kill.Cancel();
            },
            snapshot,
            kept.ContainsKey,
            kill.Token);
        return steps;
    }
}
