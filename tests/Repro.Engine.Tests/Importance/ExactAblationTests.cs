using System.Collections;
using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Importance;

/// <summary>Eq. 2 against losses of the float64 reference with the weight set to zero in its copy.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ExactAblationTests : IDisposable
{
    private const string Query = "model.layers.0.self_attn.q_proj.weight";

    // The rotary table is float32 in both types, which turns queries and keys by 6e-8 of themselves.
    private const double Relative = 1e-6;
    private const double Absolute = 1e-9;
    private readonly LlamaModel single = TinyModels.Random(TinyModels.Config());
    private readonly LlamaModel model;
    private readonly ReferenceLlama reference;

    public ExactAblationTests()
    {
        model = TinyModels.Copy(single, ScalarType.Float64);
        reference = new ReferenceLlama(single);
    }

    public void Dispose()
    {
        model.Dispose();
        single.Dispose();
    }

    [TestCase(Query)]
    [TestCase("model.layers.1.self_attn.o_proj.weight")]
    [TestCase("model.layers.1.mlp.down_proj.weight")]
    [TestCase("model.layers.0.input_layernorm.weight")]
    public void Exact_importance_is_the_change_of_loss_without_the_weight(string name)
    {
        long[] indices = [0, 3, 7, 5];
        double whole = reference.Loss(TinyModels.Documents);
        IReadOnlyList<AblatedWeight> measured = Measure(name, indices);
        measured.Should().HaveSameCount(indices);
        for (int i = 0; i < indices.Length; i++)
        {
            double expected = Math.Abs(whole - LossWith(name, indices[i], 0));
            measured[i].Exact.Should().BeApproximately(expected, (Relative * expected) + Absolute, $"{name}[{indices[i]}]");
        }
    }

    [Test]
    public void A_change_far_below_float32_resolution_of_a_loss_is_seen()
    {
        // 1e-9 of its former value: its effect is about 1e-9 of what removing it would have had, and a float32 loss moves in steps of 2e-7.
        using (no_grad())
            model.Parameters[Query][0, 3] *= 1e-9;
        double gradient = (LossWith(Query, 3, 1e-4) - LossWith(Query, 3, -1e-4)) / 2e-4;
        double expected = Math.Abs(gradient * reference.Weights[Query][3] * 1e-9);
        expected.Should().BeInRange(1e-13, 1e-8);
        Measure(Query, [3])[0].Exact.Should().BeApproximately(expected, 0.05 * expected);
    }

    [TestCase(Query)]
    [TestCase("model.layers.1.mlp.up_proj.weight")]
    public void First_order_importance_is_the_weight_times_a_central_difference(string name)
    {
        const double Step = 1e-5;
        long[] indices = [1, 6];
        IReadOnlyList<AblatedWeight> measured = Measure(name, indices);
        for (int i = 0; i < indices.Length; i++)
        {
            double weight = reference.Weights[name][indices[i]];
            double gradient = (LossWith(name, indices[i], weight + Step) - LossWith(name, indices[i], weight - Step)) / (2 * Step);
            double expected = Math.Abs(gradient * weight);
            measured[i].FirstOrder.Should().BeApproximately(expected, (Relative * expected) + Absolute);
        }
    }

    [Test]
    public void A_weight_that_is_zero_has_no_importance()
    {
        using (no_grad())
            model.Parameters[Query][0, 3] = 0;
        Measure(Query, [3]).Should().Equal(new AblatedWeight(0, 0));
    }

    [Test]
    public void Every_weight_is_restored()
    {
        string before = WeightFingerprint.Of(model);
        Measure(Query, [0, 1, 63]);
        WeightFingerprint.Of(model).Should().Be(before);
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.BFloat16)]
    public void Every_weight_of_a_narrower_type_is_restored(ScalarType type)
    {
        using LlamaModel narrow = TinyModels.Copy(single, type);
        string before = WeightFingerprint.Of(narrow);
        ExactAblation.Measure(narrow, Query, [0, 1, 63], TinyModels.Documents);
        WeightFingerprint.Of(narrow).Should().Be(before);
    }

    [Test]
    public void Every_weight_is_restored_when_the_work_is_cancelled_half_way()
    {
        string before = WeightFingerprint.Of(model);
        using CancellationTokenSource source = new();
        CancellingIndices indices = new([0, 1, 2, 3], at: 1, source);
        FluentActions.Invoking(() => ExactAblation.Measure(model, Query, indices, TinyModels.Documents, source.Token)).Should().Throw<OperationCanceledException>();
        indices.Asked.Should().Equal(0, 1);
        WeightFingerprint.Of(model).Should().Be(before);
    }

    [Test]
    public void A_weight_outside_the_blocks_is_refused() =>
        FluentActions.Invoking(() => Measure("lm_head.weight", [0])).Should().Throw<ArgumentException>().WithMessage("'lm_head.weight' is not a weight of a block.*");

    private IReadOnlyList<AblatedWeight> Measure(string name, long[] indices) => ExactAblation.Measure(model, name, indices, TinyModels.Documents);

    private double LossWith(string name, long index, double value)
    {
        double[] weights = reference.Weights[name];
        double old = weights[index];
        weights[index] = value;
        double loss = reference.Loss(TinyModels.Documents);
        weights[index] = old;
        return loss;
    }

    /// <summary>Cancels when one of the indices is first asked for, which is when its weight is about to be removed.</summary>
    private sealed class CancellingIndices(long[] indices, int at, CancellationTokenSource source) : IReadOnlyList<long>
    {
        public List<int> Asked { get; } = [];

        public int Count => indices.Length;

        public long this[int index]
        {
            get
            {
                Asked.Add(index);
                if (index == at)
                    source.Cancel();
                return indices[index];
            }
        }

        public IEnumerator<long> GetEnumerator() => indices.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
