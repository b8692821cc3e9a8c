using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>Logits, loss and gradients of a random model against an independent float64 one.</summary>
[TestFixture(2, false)]
[TestFixture(1, false, Description = "grouped-query")]
[TestFixture(2, true, Description = "tied embeddings")]
public sealed class ParityTests(int keyValueHeads, bool tied) : IDisposable
{
    // float32 keeps 7 digits; sums of a few hundred terms of order 1 lose about two of them.
    private const double Tolerance = 2e-5;
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config(keyValueHeads, tied));

    public void Dispose() => model.Dispose();

    [Test]
    public void Logits_equal_the_reference()
    {
        ReferenceLlama reference = new(model);
        foreach (int[] document in TinyModels.Documents)
        {
            using Tensor ids = tensor(document.Select(i => (long)i).ToArray(), [1, document.Length]);
            using Tensor logits = model.Forward(ids);
            double[] expected = [.. reference.Logits(document).SelectMany(v => v)];
            logits.flatten().data<float>().Select(v => (double)v).Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(Tolerance);
        }
    }

    [Test]
    public void The_loss_of_a_padded_batch_equals_the_reference()
    {
        using TokenBatch batch = new(TinyModels.Documents);
        using Tensor loss = TokenLoss.Mean(model.Forward(batch.Inputs_BT), batch.Targets_BT);
        loss.ToDouble().Should().BeApproximately(new ReferenceLlama(model).Loss(TinyModels.Documents), Tolerance);
    }

    [Test]
    public void Gradients_equal_central_differences_of_the_reference()
    {
        const double Step = 1e-5;
        const int Probes = 4;
        ReferenceLlama reference = new(model);
        using TokenBatch batch = new(TinyModels.Documents);
        int compared = 0;
        LayerwiseGradients.Visit(model, [batch], new GradientCallback((name, gradient) =>
        {
            float[] got = [.. gradient.flatten().data<float>()];
            double[] weights = reference.Weights[name];
            for (int probe = 0; probe < Probes; probe++, compared++)
            {
                int index = (probe * weights.Length / Probes) + (probe % 3);
                double kept = weights[index];
                weights[index] = kept + Step;
                double above = reference.Loss(TinyModels.Documents);
                weights[index] = kept - Step;
                double below = reference.Loss(TinyModels.Documents);
                weights[index] = kept;
                ((double)got[index]).Should().BeApproximately((above - below) / (2 * Step), Tolerance, $"{name}[{index}]");
            }
        }));
        compared.Should().Be(model.Config.LayerCount * 9 * Probes);
    }

    [TestCase(ScalarType.BFloat16, 0.15)]
    [TestCase(ScalarType.Float16, 0.02)]
    public void Half_precision_weights_stay_near_the_reference(ScalarType type, double tolerance)
    {
        using LlamaModel half = new(model.Config, type, CPU);
        foreach (string name in model.Parameters.Keys)
            half.Parameters.Set(name, model.Parameters[name]);
        using TokenBatch batch = new(TinyModels.Documents);
        using Tensor loss = TokenLoss.Mean(half.Forward(batch.Inputs_BT), batch.Targets_BT);

        // bfloat16 keeps 8 bits and float16 11: the loss of order 3 may be off by a few of their last units.
        loss.ToDouble().Should().BeApproximately(new ReferenceLlama(model).Loss(TinyModels.Documents), tolerance);
    }
}
