using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Training;

/// <summary>Further training as the paper's: bfloat16 weights with float32 masters.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FurtherTrainingTests : IDisposable
{
    // bfloat16 keeps 8 bits of a number.
    private const double Rounding = 1.0 / 256;
    private static readonly int[][] Documents = [.. Enumerable.Range(0, 7).Select(i => TinyModels.Documents[i % 3])];
    private static readonly TrainingSettings OneByOne =
        new() { Steps = 7, BatchSize = 1, LearningRate = 0.01, WarmUpSteps = 4, WeightDecay = 0.001 };
    private readonly LlamaModel model;
    private readonly Region region;
    private readonly Dictionary<string, float[]> original;

    public FurtherTrainingTests()
    {
        using LlamaModel single = TinyModels.Random(TinyModels.Config());
        model = TinyModels.Copy(single, ScalarType.BFloat16);
        region = RegionSelection.Random(ParameterSet.Shapes(model.Config), 0.2, 3);
        original = model.Values();
    }

    public void Dispose() => model.Dispose();

    [TestCase(MasterReading.TrueZero)]
    [TestCase(MasterReading.MastersRestored)]
    public void A_removed_region_is_zero_before_the_first_step_and_nothing_else_is_changed(MasterReading masters) =>
        At(0, Removing(masters))
            .Should().Equal(Elements(original).Select(e => e.Member ? 0 : e.Value));

    [Test]
    public void Under_true_zero_the_region_starts_from_nothing()
    {
        double rate = OneByOne.LearningRateAt(0);
        float[] members = Members(At(1, Removing(MasterReading.TrueZero)));
        members.Should().AllSatisfy(w => Math.Abs((double)w).Should().BeLessThanOrEqualTo(rate * (1 + Rounding)));
        members.Max(w => Math.Abs((double)w)).Should().BeGreaterThan(rate / 2);
        Members(Elements(original).Select(e => e.Value)).Count(w => Math.Abs(w) > 10 * rate)
            .Should().BeGreaterThan(members.Length / 2, "what was removed is much larger");
    }

    [Test]
    public void Under_true_zero_no_weight_of_the_region_passes_the_bound_of_all_its_updates()
    {
        double bound = UpdateBound.After(OneByOne, OneByOne.Steps);
        Members(At(7, Removing(MasterReading.TrueZero)))
            .Should().AllSatisfy(w => Math.Abs((double)w).Should().BeLessThanOrEqualTo(bound * (1 + Rounding)));
    }

    [Test]
    public void Under_masters_restored_the_first_step_brings_the_removed_weights_back()
    {
        double rate = OneByOne.LearningRateAt(0);
        float[] members = Members(At(1, Removing(MasterReading.MastersRestored)));
        members.Should().Equal(
            Members(Elements(original).Select(e => e.Value)),
            (now, before) =>
            Math.Abs(now - before) <= (rate * (1 + (OneByOne.WeightDecay * Math.Abs(before)))) + (Rounding * Math.Abs(before)));
    }

    [TestCase(MasterReading.TrueZero)]
    [TestCase(MasterReading.MastersRestored)]
    public void A_region_that_is_removed_and_frozen_stays_zero(MasterReading masters)
    {
        float[] after = At(7, Removing(masters) with { Frozen = region });
        Members(after).Should().AllSatisfy(w => w.Should().Be(0));
        after.Should().NotEqual(Elements(original).Select(e => e.Member ? 0 : e.Value), "the rest is trained");
    }

    [Test]
    public void A_region_that_is_frozen_alone_keeps_its_values() =>
        Members(At(7, Plain(OneByOne) with { Frozen = region })).Should().Equal(Members(Elements(original).Select(e => e.Value)));

    [Test]
    public void A_region_that_is_slowed_to_0_keeps_its_values() =>
        Members(At(7, Plain(OneByOne) with { Slowed = (region, 0) })).Should().Equal(Members(Elements(original).Select(e => e.Value)));

    [Test]
    public void Without_a_region_everything_is_trained()
    {
        At(7, Plain(OneByOne));
        model.Values().Should().AllSatisfy(p => p.Value.Should().NotEqual(original[p.Key], p.Key));
    }

    [TestCase(1, "0:0 1:1 3:3 4:4 7:7")]
    [TestCase(2, "0:0 1:0 3:1 4:2 7:3")]
    [TestCase(3, "0:0 1:0 3:1 4:1 7:2")]
    [TestCase(10, "0:0 1:0 3:0 4:0 7:0")]
    public void Each_stop_is_measured_once_in_order_after_its_whole_steps(int batch, string expected)
    {
        int steps = 0;
        List<string> stops = [];
        FurtherTraining training = Plain(OneByOne with { BatchSize = batch, Steps = 7 / batch });
        training.Run(model, [0, 1, 3, 4, 7], documents => stops.Add($"{documents}:{steps}"), _ => steps++);
        string.Join(' ', stops).Should().Be(expected);
    }

    [Test]
    public void A_run_that_is_measured_ends_where_one_that_is_not_does()
    {
        using LlamaModel other = TinyModels.Copy(model, ScalarType.BFloat16);
        Plain(OneByOne).Run(model, [0, 2, 3], _ => { });
        Plain(OneByOne).Run(other, [], _ => { });
        foreach ((string name, float[] values) in model.Values())
            values.Should().Equal(other.Values(name), name);
    }

    [TestCase(1, 3)]
    [TestCase(2, 1)]
    public void A_run_that_ends_before_its_schedule_takes_the_same_steps_to_there(int batch, int expected)
    {
        using LlamaModel other = TinyModels.Copy(model, ScalarType.BFloat16);
        FurtherTraining whole = Plain(OneByOne with { BatchSize = batch, Steps = 7 / batch });
        Dictionary<string, float[]> there = [];
        int steps = 0;
        (whole with { EndsAfter = 3 }).Run(model, [0, 3], _ => { }, _ => steps++);
        whole.Run(other, [0, 3, 7], documents => there = documents == 3 ? other.Values() : there);
        steps.Should().Be(expected);
        model.Values().Should().BeEquivalentTo(there);
    }

    [Test]
    public void A_cancelled_run_ends_before_the_next_step()
    {
        using CancellationTokenSource source = new();
        int steps = 0;
        List<int> stops = [];
        Action run = () => Plain(OneByOne).Run(
            model,
            [0, 3, 7],
            documents =>
            {
                stops.Add(documents);
                if (documents == 3)
                    source.Cancel();
            },
            _ => steps++,
            cancellation: source.Token);
        run.Should().Throw<OperationCanceledException>();
        stops.Should().Equal(0, 3);
        steps.Should().Be(3);
    }

    [Test]
    public void A_region_of_another_model_is_refused()
    {
        Region other = RegionSelection.Random(ParameterSet.Shapes(TinyModels.Config() with { IntermediateSize = 20 }), 0.1, 3);
        FluentActions.Invoking(() => At(7, Plain(OneByOne) with { Removed = other })).Should().Throw<InputException>();
        FluentActions.Invoking(() => At(7, Plain(OneByOne) with { Frozen = other })).Should().Throw<InputException>();
    }

    private static FurtherTraining Plain(TrainingSettings settings) => new() { Documents = Documents, Settings = settings };

    private FurtherTraining Removing(MasterReading masters) => Plain(OneByOne) with { Removed = region, Masters = masters };

    // All weights, tensor after tensor, as they are at a stop.
    private float[] At(int documents, FurtherTraining training)
    {
        float[] values = [];
        training.Run(model, [documents], _ => values = [.. Elements(model.Values()).Select(e => e.Value)]);
        return values;
    }

    private float[] Members(IEnumerable<float> values) =>
        [.. values.Zip(Elements(original)).Where(p => p.Second.Member).Select(p => p.First)];

    private IEnumerable<(float Value, bool Member)> Elements(Dictionary<string, float[]> weights) =>
        weights.SelectMany(p =>
            p.Value.Select((value, i) => (value, region.Parts.TryGetValue(p.Key, out RegionPart? part) && part.Mask[i])));
}
