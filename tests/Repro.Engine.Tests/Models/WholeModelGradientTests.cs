using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>Backward through the whole model, embeddings, last norm and output head included, against differences of the float64 reference.</summary>
[TestFixture("plain")]
[TestFixture("tied embeddings")]
[TestFixture("two key-value heads for four")]
[TestFixture("tied and grouped")]
[TestFixture("other epsilon and theta")]
public sealed class WholeModelGradientTests : IDisposable
{
    // float32 keeps 7 digits; sums of a few hundred terms of order 1 lose about two of them.
    private const double Tolerance = 2e-5;
    private const double Step = 1e-5;
    private const int Probes = 7;
    private readonly LlamaModel model;
    private readonly ReferenceLlama reference;

    public WholeModelGradientTests(string variant)
    {
        model = TinyModels.Random(Variant(variant));
        reference = new ReferenceLlama(model);
    }

    public void Dispose() => model.Dispose();

    [Test]
    public void Logits_equal_the_reference()
    {
        using DisposeScope scope = NewDisposeScope();
        int[] document = TinyModels.Documents[1];
        Tensor logits = model.Forward(tensor(document.Select(i => (long)i).ToArray(), [1, document.Length]));
        double[] expected = [.. reference.Logits(document).SelectMany(v => v)];
        double[] got = [.. logits.flatten().data<float>().Select(v => (double)v)];
        got.Should().HaveSameCount(expected);
        got.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(Tolerance);
    }

    [Test]
    public void Gradients_of_every_parameter_equal_central_differences()
    {
        using DisposeScope scope = NewDisposeScope();
        using TokenBatch batch = new(TinyModels.Documents);
        TokenLoss.Mean(model.Forward(batch.Inputs_BT), batch.Targets_BT).backward();

        foreach ((string name, float[] gradient) in model.Parameters.Select(p => (p.Key, p.Value.grad!.flatten().data<float>().ToArray())))
        {
            double[] weights = reference.Weights[name];
            gradient.Should().HaveSameCount(weights, name);
            foreach (int index in Enumerable.Range(0, Probes).Select(probe => probe * (weights.Length - 1) / (Probes - 1)).Distinct())
                ((double)gradient[index]).Should().BeApproximately(Difference(weights, index), Tolerance, $"{name}[{index}]");
        }
    }

    private double Difference(double[] weights, int index)
    {
        double kept = weights[index];
        weights[index] = kept + Step;
        double above = reference.Loss(TinyModels.Documents);
        weights[index] = kept - Step;
        double below = reference.Loss(TinyModels.Documents);
        weights[index] = kept;
        return (above - below) / (2 * Step);
    }

    private static LlamaConfig Variant(string name) => name switch
    {
        "tied embeddings" => TinyModels.Config(tied: true),

        // Four heads of 4 make queries of 16 in a stream of 8, so that no two widths are equal by chance.
        "two key-value heads for four" => TinyModels.Config() with { HeadCount = 4, KeyValueHeadCount = 2 },
        "tied and grouped" => TinyModels.Config(tied: true) with { HeadCount = 4, KeyValueHeadCount = 2 },
        "other epsilon and theta" => TinyModels.Config() with { RmsNormEpsilon = 0.3, RopeTheta = 7 },
        _ => TinyModels.Config(),
    };
}
