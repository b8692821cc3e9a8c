using System.Collections.Concurrent;
using Repro.Engine.Cores;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Cores;

public sealed class OneCoreEachTests
{
    [Test]
    public void A_runs_weights_are_the_same_alone_and_beside_others()
    {
        string[] beside = Trained([1, 2, 3, 4], degree: 2);
        for (int i = 0; i < 4; i++)
            Trained([(ulong)i + 1], degree: 2).Should().Equal(beside[i]);
        beside.Should().OnlyHaveUniqueItems("each run has a seed of its own");
    }

    [Test]
    public void The_first_failure_ends_the_rest_and_is_thrown()
    {
        ConcurrentBag<int> begun = [];
        FluentActions.Invoking(() => OneCoreEach.ForEach([.. Enumerable.Range(0, 100)], 2, i =>
        {
            begun.Add(i);
            throw new InvalidOperationException($"run {i}");
        })).Should().Throw<InvalidOperationException>();
        begun.Count.Should().BeLessThanOrEqualTo(2, "two runs may have begun before one failed");
    }

    [Test]
    public void The_number_of_threads_is_what_it_was_before()
    {
        int before = get_num_threads();
        OneCoreEach.ForEach([1, 2, 3], 2, _ => { });
        get_num_threads().Should().Be(before);
    }

    [Test]
    public void One_piece_of_work_has_one_core_as_it_has_beside_others()
    {
        (int before, int within) = (get_num_threads(), 0);
        OneCoreEach.Alone(() => within = get_num_threads());
        (within, get_num_threads()).Should().Be((1, before));
        FluentActions.Invoking(() => OneCoreEach.Alone(() => throw new InvalidOperationException("it failed"))).Should().Throw<InvalidOperationException>().WithMessage("it failed");
    }

    [Test]
    public void A_large_model_gets_all_threads()
    {
        LlamaConfig large = TinyModels.Config() with { HiddenSize = 65_536, IntermediateSize = 262_144, LayerCount = 200 };
        OneCoreEach.Degree(large, CPU).Should().Be(1);
        OneCoreEach.Degree(TinyModels.Config(), CPU).Should().Be(Environment.ProcessorCount);
    }

    private static string[] Trained(ulong[] seeds, int degree)
    {
        ConcurrentDictionary<ulong, string> fingerprints = [];
        OneCoreEach.ForEach(seeds, degree, seed =>
        {
            using LlamaModel model = TinyModels.Random(TinyModels.Config());
            using Trainer trainer = new(model, TinyModels.Documents, new TrainingSettings { Steps = 5, BatchSize = 2, Seed = seed, LearningRate = 0.01 * seed });
            trainer.Run();
            fingerprints[seed] = WeightFingerprint.Of(model);
        });
        return [.. seeds.Select(s => fingerprints[s])];
    }
}
