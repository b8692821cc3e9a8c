using System.Collections.Concurrent;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Training;

/// <summary>Runs that are trained as one.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StackedTrainingTests : IDisposable
{
    private static readonly int[][] Documents = [.. Enumerable.Range(0, 9).Select(i => TinyModels.Documents[i % 3])];
    private static readonly TrainingSettings Settings = new() { Steps = 9, BatchSize = 1, LearningRate = 0.01, WarmUpSteps = 4, WeightDecay = 0.001 };
    private static readonly int[] Stops = [0, 2, 5, 9];
    private static readonly LlamaConfig Config = TinyModels.Config();
    private static readonly Region Region = RegionSelection.Random(ParameterSet.Shapes(Config), 0.2, 3);
    private readonly TemporaryFolder folder = new();

    private static IReadOnlyList<FurtherTraining> Kinds =>
    [
        new() { Documents = Documents, Settings = Settings },
        new() { Documents = Documents, Settings = Settings with { LearningRate = 0.001 } },
        new() { Documents = Documents, Settings = Settings, Removed = Region },
        new() { Documents = Documents, Settings = Settings, Removed = Region, Masters = MasterReading.MastersRestored },
        new() { Documents = Documents, Settings = Settings, Removed = Region, Frozen = Region },
        new() { Documents = Documents, Settings = Settings, Frozen = Region },
        new() { Documents = Documents, Settings = Settings, Slowed = (Region, 0.1) },
        new() { Documents = Documents, Settings = Settings, Slowed = (Region, 0) },
    ];

    public void Dispose() => folder.Dispose();

    [Test]
    public void A_run_among_others_has_the_bits_it_has_alone()
    {
        Dictionary<(int Run, int Stop), float[]> together = Trained(Kinds);
        for (int i = 0; i < Kinds.Count; i++)
        {
            Dictionary<(int Run, int Stop), float[]> alone = Trained([Kinds[i]]);
            foreach (int stop in Stops)
                alone[(0, stop)].Should().Equal(together[(i, stop)], $"of run {i} at {stop}");
        }

        together.Where(w => w.Key.Stop == 9).Select(w => string.Join(' ', w.Value)).Distinct().Should().HaveCount(Kinds.Count - 1, "each run is another, but a region slowed to 0 is a frozen one");
    }

    [Test]
    public void A_run_of_the_tiny_checkpoints_shape_has_the_same_bits_alone_and_among_others()
    {
        LlamaConfig config = Config with { VocabularySize = 256, HiddenSize = 128, IntermediateSize = 344, HeadCount = 4, KeyValueHeadCount = 4, HeadSize = 32, MaxPositions = 64 };
        int[][] documents = [.. Enumerable.Range(36, 12).Select(length => Enumerable.Range(0, length).Select(i => ((i * 37) + (length * 11) + 1) % 256).ToArray())];
        FurtherTraining run = new() { Documents = documents, Settings = Settings with { Steps = documents.Length } };
        LlamaModel Narrow()
        {
            using LlamaModel single = TinyModels.Random(config);
            return TinyModels.Copy(single, ScalarType.BFloat16);
        }

        Dictionary<(int Run, int Stop), float[]> alone = Trained([run], Narrow);
        foreach (int others in new[] { 1, 4 })
        {
            FurtherTraining[] runs = [.. Enumerable.Repeat(run with { Settings = run.Settings with { LearningRate = 0.02 } }, others), run];
            Dictionary<(int Run, int Stop), float[]> together = WithThreads(1, () => Trained(runs, Narrow));
            foreach (int stop in Stops)
                together[(others, stop)].Should().Equal(alone[(0, stop)], $"at {stop}, beside {others}");
        }
    }

    [Test]
    public void One_thread_and_two_give_the_same_bits()
    {
        Dictionary<(int Run, int Stop), float[]> one = WithThreads(1, () => Trained(Kinds));
        WithThreads(2, () => Trained(Kinds)).Should().BeEquivalentTo(one);
    }

    [Test]
    public void Each_run_moves_as_the_same_run_on_a_model_of_its_own([Range(0, 7)] int kind, [Values(1, 3)] int batch, [Values] bool tied)
    {
        LlamaConfig config = TinyModels.Config(tied: tied);
        Region region = RegionSelection.Random(ParameterSet.Shapes(config), 0.2, 3);
        FurtherTraining run = Kinds[kind] with { Settings = Kinds[kind].Settings with { BatchSize = batch, Steps = 9 / batch } };
        run = run with { Removed = run.Removed is null ? null : region, Frozen = run.Frozen is null ? null : region, Slowed = run.Slowed is { } slowed ? (region, slowed.Factor) : null };
        using LlamaModel model = TinyModels.Random(config);
        Dictionary<int, float[]> expected = [];
        run.Run(model, Stops, stop => expected[stop] = Flat(model));
        Dictionary<(int Run, int Stop), float[]> stacked = Trained([run, run with { Settings = run.Settings with { LearningRate = 1 } }], () => TinyModels.Random(config));

        // Products in another order: float32, and steps of 0.01 in which a gradient near 0 may point either way.
        foreach (int stop in Stops)
            stacked[(0, stop)].Should().Equal(expected[stop], (a, b) => Math.Abs(a - b) < 1e-4, $"at {stop}");
    }

    [Test]
    public void Biases_are_trained_too()
    {
        LlamaConfig config = Config with { AttentionBias = AttentionBias.QueryKeyValueOutput };
        FurtherTraining run = Kinds[0];
        using LlamaModel model = TinyModels.Random(config);
        float[] expected = [];
        run.Run(model, [9], _ => expected = Flat(model));
        Trained([run, Kinds[1]], () => TinyModels.Random(config))[(0, 9)].Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Test]
    public void Runs_that_were_killed_at_any_step_end_with_the_bits_of_those_that_were_not([Range(1, 8)] int killedAt)
    {
        Dictionary<(int Run, int Stop), float[]> whole = Trained(Kinds);
        ConcurrentDictionary<(int Run, int Stop), float[]> kept = [];
        int[] steps = new int[Kinds.Count];
        FluentActions.Invoking(() => WithThreads(1, () => Train(kept, steps, killedAt))).Should().Throw<OperationCanceledException>();

        // A run whose measurement is gone begins anew, the others go on.
        kept.TryRemove((3, 0), out _);
        Array.Clear(steps);
        Train(kept, steps, int.MaxValue);
        kept.Should().BeEquivalentTo(whole);
        steps.Should().Equal(Enumerable.Range(0, Kinds.Count).Select(run => run == 3 ? 9 : 9 - (killedAt / 2 * 2)));
        folder.FileNames.Should().BeEmpty("the snapshots of finished runs go");
    }

    [Test]
    public void Runs_that_end_early_have_the_bits_of_whole_ones_and_keep_nothing_at_their_end()
    {
        Dictionary<(int Run, int Stop), float[]> whole = Trained(Kinds);
        ConcurrentDictionary<(int Run, int Stop), float[]> early = [];
        int steps = 0;
        string[] left = [];
        StackedTraining.Run(
            Start,
            [
                Plain(Kinds[0] with { EndsAfter = 4 }) with
                {
                    MeasureAfter = [0, 2, 4],
                    Measure = (stop, copy) =>
                    {
                        early[(0, stop)] = Read(copy, Start);
                        left = [.. folder.FileNames];
                    },
                    Progress = _ => steps++,
                    Snapshot = new TrainingSnapshot(folder.File("early"), "early", stepsBetween: 4),
                },
            ]);
        steps.Should().Be(4);
        early[(0, 2)].Should().Equal(whole[(0, 2)]);
        left.Should().BeEmpty();
        folder.FileNames.Should().BeEmpty("there is nothing to go on from");
    }

    [Test]
    public void Only_runs_that_read_alike_are_stacked_and_no_core_is_idle()
    {
        Sizes([Kinds[0], Kinds[1], Kinds[2] with { EndsAfter = 4 }], cores: 1).Should().Equal(2, 1);
        FurtherTraining other = Kinds[0] with { Documents = [.. Documents.Reverse()] };
        FurtherTraining seeded = Kinds[0] with { Settings = Settings with { Seed = 5 } };
        Sizes([Kinds[0], other, Kinds[1], seeded, Kinds[2]], cores: 2).Should().Equal(3, 1, 1);
        Sizes(Kinds, cores: 2).Should().Equal(4, 4);
        Sizes([.. Kinds, Kinds[0]], cores: 1).Should().Equal(5, 4);
        Sizes(Kinds.Take(3), cores: 4).Should().Equal(1, 1, 1);

        static IEnumerable<int> Sizes(IEnumerable<FurtherTraining> runs, int cores) =>
            StackedTraining.Stacks([.. runs.Select(r => new TrainingStack.Member(Plain(r)))], cores).Select(s => s.Length);
    }

    [Test]
    public void A_region_of_another_model_is_refused_and_nothing_is_left_behind()
    {
        Region other = RegionSelection.Random(ParameterSet.Shapes(Config with { IntermediateSize = 20 }), 0.1, 3);
        foreach (FurtherTraining run in (FurtherTraining[])[Kinds[0] with { Removed = other }, Kinds[0] with { Frozen = other }, Kinds[0] with { Slowed = (other, 0.5) }])
            FluentActions.Invoking(() => Trained([Kinds[0], run])).Should().Throw<InputException>();
    }

    [Test]
    public void Training_leaves_no_tensor_behind()
    {
        using LlamaModel single = TinyModels.Random(Config);
        long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        WithThreads(1, () => StackedTraining.Run(() => TinyModels.Copy(single, ScalarType.BFloat16), [.. Kinds.Select(Plain)]));
        TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Test]
    public void Of_runs_that_are_trained_alone_one_is_in_memory_at_a_time()
    {
        using LlamaModel single = TinyModels.Random(Config);
        List<long> live = [];
        List<string> order = [];
        LlamaModel Load()
        {
            live.Add(TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            return TinyModels.Copy(single, ScalarType.BFloat16);
        }

        IEnumerable<StackedRun> Alone()
        {
            for (int i = 0; i < 3; i++)
            {
                string name = $"run {i}";
                order.Add($"{name} asked for");
                FurtherTraining training = Kinds[i] with { Settings = Settings with { MicroBatch = 1 } };
                yield return Plain(training) with { MeasureAfter = [Settings.Steps], Measure = (_, _) => order.Add($"{name} trained") };
            }
        }

        WithThreads(1, () => StackedTraining.Run(Load, Alone()));
        live.Should().Equal([live[0], live[0], live[0]], "no copy is loaded while another is held");
        order.Should().Equal("run 0 asked for", "run 0 trained", "run 1 asked for", "run 1 trained", "run 2 asked for", "run 2 trained");
    }

    private static void WithThreads(int threads, Action work) => WithThreads(threads, () =>
    {
        work();
        return true;
    });

    private static T WithThreads<T>(int threads, Func<T> work)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        try
        {
            return work();
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static StackedRun Plain(FurtherTraining training) => new() { Training = training, MeasureAfter = [], Measure = (_, _) => { } };

    private static float[] Flat(LlamaModel model) => [.. model.Values().OrderBy(w => w.Key, StringComparer.Ordinal).SelectMany(w => w.Value)];

    private static LlamaModel Start()
    {
        using LlamaModel single = TinyModels.Random(Config);
        return TinyModels.Copy(single, ScalarType.BFloat16);
    }

    private static Dictionary<(int Run, int Stop), float[]> Trained(IReadOnlyList<FurtherTraining> runs, Func<LlamaModel>? start = null)
    {
        ConcurrentDictionary<(int Run, int Stop), float[]> weights = [];
        StackedTraining.Run(start ?? Start, [.. runs.Select((run, i) => Plain(run) with { MeasureAfter = Stops, Measure = (stop, copy) => weights[(i, stop)] = Read(copy, start ?? Start) })]);
        return new(weights);
    }

    private static float[] Read(CopyWeights copy, Func<LlamaModel> start)
    {
        using LlamaModel model = start();
        copy(model.Parameters);
        return Flat(model);
    }

    private void Train(ConcurrentDictionary<(int Run, int Stop), float[]> kept, int[] steps, int killedAt)
    {
        using CancellationTokenSource kill = new();
        StackedTraining.Run(
            Start,
            [
                .. Kinds.Select((run, i) => new StackedRun
                {
                    Training = run,
                    MeasureAfter = Stops,
                    Measure = (stop, copy) => kept[(i, stop)] = Read(copy, Start),
                    Progress = _ =>
                    {
                        if (++steps[i] == killedAt && i == Kinds.Count - 1)
                            kill.Cancel();
                    },
                    Snapshot = new TrainingSnapshot(folder.File($"run-{i}"), $"run {i}", stepsBetween: 2),
                    IsMeasured = stop => kept.ContainsKey((i, stop)),
                }),
            ],
            kill.Token);
    }
}
