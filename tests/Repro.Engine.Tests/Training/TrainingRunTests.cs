using System.Text.Json;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;

namespace Repro.Engine.Tests.Training;

/// <summary>Whole runs of a few steps that hold a region of the checkpoint they start from.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrainingRunTests : IDisposable
{
    private static readonly LlamaConfig Shape = TinyModels.Config() with { VocabularySize = 4096 };
    private readonly TextFolder corpus = new();
    private readonly TestFolder folder = new();
    private readonly Region region = RegionSelection.Random(ParameterSet.Shapes(Shape), 0.2, 3);

    public TrainingRunTests()
    {
        corpus.Write("en/train.txt", string.Join('\n', Enumerable.Range(0, 12).Select(i => $"The region of line {i} stays where it was.")));
        using LlamaModel model = TinyModels.Random(Shape);
        Checkpoint.Save(folder["from"], model);
        RegionFile.Save(folder["region"], region);
    }

    public void Dispose()
    {
        corpus.Dispose();
        folder.Dispose();
    }

    [Test]
    public void A_frozen_region_has_the_bits_of_the_checkpoint_it_came_from()
    {
        Execute(Request("out", frozen: "region"));
        using LlamaModel before = Checkpoint.Load(folder["from"]);
        using LlamaModel after = Checkpoint.Load(folder["out"]);
        foreach ((string name, float[] values) in after.Values())
        {
            Bitmask members = region.Parts.TryGetValue(name, out RegionPart? part) ? part.Mask : new Bitmask(values.Length);
            float[] old = before.Values(name);
            int[] moved = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != old[i])];
            moved.Should().NotBeEmpty(name).And.NotContain(i => members[i], name);
        }
    }

    [Test]
    public void Without_a_frozen_region_its_weights_move_too()
    {
        Execute(Request("out"));
        using LlamaModel before = Checkpoint.Load(folder["from"]);
        using LlamaModel after = Checkpoint.Load(folder["out"]);
        region.Parts.Should().OnlyContain(p => p.Value.Mask.Members().Any(i => after.Values(p.Key)[i] != before.Values(p.Key)[i]));
    }

    [Test]
    public void A_run_that_was_cancelled_goes_on_to_the_same_weights_with_its_region_frozen()
    {
        Execute(Request("whole", frozen: "region"));
        using CancellationTokenSource source = new();
        Action half = () => TrainingRun.Execute(Request("halves", frozen: "region"), null, step => CancelAfter(2, step, source), source.Token);
        half.Should().Throw<OperationCanceledException>();
        int taken = 0;
        TrainingRun.Execute(Request("halves", frozen: "region"), (_, steps) => taken = steps, null, default);
        taken.Should().Be(2);
        Fingerprint("halves").Should().Be(Fingerprint("whole"));
    }

    [Test]
    public void A_checkpoint_kept_on_the_way_is_that_step_and_says_so()
    {
        Execute(Request("kept") with { KeepAt = [2] });
        using CancellationTokenSource source = new();
        Action half = () => TrainingRun.Execute(Request("cut"), null, step => CancelAfter(2, step, source), source.Token);
        half.Should().Throw<OperationCanceledException>();
        using SafetensorsFile snapshot = SafetensorsFile.Open(Directory.EnumerateFiles(folder["cut"], ".training*").Single());
        using LlamaModel kept = Checkpoint.Load(Path.Combine(folder["kept"], "checkpoint-2"));
        foreach (string name in kept.Parameters.Keys)
        {
            using TorchSharp.torch.Tensor weight = snapshot.Read($"weight.{name}");
            weight.data<float>().ToArray().Should().Equal(kept.Values(name), name);
        }

        using JsonDocument provenance = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["kept"], "checkpoint-2", "provenance.json")));
        provenance.RootElement.GetProperty("step").GetInt32().Should().Be(2);
        provenance.RootElement.GetProperty("weights").GetString().Should().Be(Checkpoint.Hash(Path.Combine(folder["kept"], "checkpoint-2")));
        Fingerprint("kept").Should().NotBe(Checkpoint.Hash(Path.Combine(folder["kept"], "checkpoint-2")));
    }

    [TestCase(0)]
    [TestCase(6)]
    public void A_step_that_the_run_does_not_have_keeps_no_checkpoint(int step) =>
        FluentActions.Invoking(() => Execute(Request("out") with { KeepAt = [step] })).Should().Throw<InputException>().WithMessage($"*no step {step}*1 to *");

    [Test]
    public void A_snapshot_of_a_run_with_another_region_is_refused()
    {
        RegionFile.Save(folder["other"], RegionSelection.Random(ParameterSet.Shapes(Shape), 0.2, 4));
        using CancellationTokenSource source = new();
        Action half = () => TrainingRun.Execute(Request("out", frozen: "region"), null, step => CancelAfter(2, step, source), source.Token);
        half.Should().Throw<OperationCanceledException>();
        FluentActions.Invoking(() => Execute(Request("out", frozen: "other"))).Should().Throw<InputException>().WithMessage("*snapshot*");
        FluentActions.Invoking(() => Execute(Request("out"))).Should().Throw<InputException>().WithMessage("*snapshot*");
    }

    [Test]
    public void The_provenance_names_the_region_and_the_checkpoint()
    {
        Execute(Request("out", frozen: "region"));
        using JsonDocument provenance = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "provenance.json")));
        provenance.RootElement.GetProperty("frozen").GetString().Should().Be(region.Hash());
        provenance.RootElement.GetProperty("from").GetString().Should().Be(Checkpoint.Hash(folder["from"]));
    }

    [Test]
    public void Freezing_random_weights_is_refused()
    {
        TrainingRequest request = Request("out", frozen: "region") with { FromFolder = null, Shape = Shape };
        FluentActions.Invoking(() => Execute(request)).Should().Throw<InputException>().WithMessage("*--from*");
        Directory.Exists(folder["out"]).Should().BeFalse();
    }

    [Test]
    public void A_region_of_another_checkpoint_is_refused()
    {
        RegionFile.Save(folder["other"], RegionSelection.Random(ParameterSet.Shapes(Shape with { IntermediateSize = 20 }), 0.2, 3));
        FluentActions.Invoking(() => Execute(Request("out", frozen: "other"))).Should().Throw<InputException>().WithMessage("*mlp*");
    }

    [Test]
    public void A_file_that_is_no_region_is_refused()
    {
        File.Copy(Path.Combine(folder["from"], "model.safetensors"), folder["weights"]);
        FluentActions.Invoking(() => Execute(Request("out", frozen: "weights"))).Should().Throw<InputException>().WithMessage("*not a region*");
    }

    private static void Execute(TrainingRequest request) => TrainingRun.Execute(request, null, null, default);

    private static void CancelAfter(int steps, TrainingProgress progress, CancellationTokenSource source)
    {
        if (progress.Step == steps)
            source.Cancel();
    }

    private TrainingRequest Request(string output, string? frozen = null) => new()
    {
        CorpusFolders = [corpus.Root],
        OutputFolder = folder[output],
        FromFolder = folder["from"],
        FreezePath = frozen is null ? null : folder[frozen],
        TokenizerPath = Path.Combine(Project.Folder, "fixtures", "tiny", Checkpoint.TokenizerName),
        Settings = new TrainingSettings { Steps = 5, BatchSize = 2, LearningRate = 0.01, WarmUpSteps = 2 },
    };

    private string Fingerprint(string name)
    {
        using LlamaModel model = Checkpoint.Load(folder[name]);
        return WeightFingerprint.Of(model);
    }
}
