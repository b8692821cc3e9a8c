using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>LLaMA-2 as it is published: half-precision weights over several files.</summary>
[TestFixture(ScalarType.Float16, "float16", 0.02)]
[TestFixture(ScalarType.BFloat16, "bfloat16", 0.2)]
public sealed class HalfPrecisionShardTests : IDisposable
{
    private static readonly int[] Document = [1, 9, 5, 11, 8, 10, 6, 2];
    private readonly HandMadeCheckpoint checkpoint;
    private readonly ScalarType type;
    private readonly double tolerance;

    /// <summary>Creates the checkpoint; the tolerance is a few units in the last of 11 or 8 bits, on scores of order 5.</summary>
    public HalfPrecisionShardTests(ScalarType type, string name, double tolerance)
    {
        (this.type, this.tolerance) = (type, tolerance);
        checkpoint = new HandMadeCheckpoint("LLaMA-2 7B", type, sharded: true, json => json["torch_dtype"] = name);
    }

    public void Dispose() => checkpoint.Dispose();

    [Test]
    public void The_stored_values_are_exact_in_a_wider_type()
    {
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, ScalarType.Float32);
        model.Values().Keys.Should().BeEquivalentTo(checkpoint.Weights.Keys);
        foreach ((string name, float[] values) in model.Values())
            values.Select(v => (double)v).Should().Equal(checkpoint.Weights[name], name);
        Error(model).Should().BeLessThan(2e-5);
    }

    [Test]
    public void Scores_in_float64_equal_the_reference_of_the_stored_values()
    {
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, ScalarType.Float64);
        Error(model).Should().BeLessThan(1e-12);
    }

    [Test]
    public void In_the_stored_type_scores_are_near()
    {
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, type);
        model.Parameters.Values.Should().AllSatisfy(p => p.dtype.Should().Be(type));
        Error(model).Should().BeInRange(1e-6, tolerance);
    }

    private double Error(LlamaModel model)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor scores = model.Forward(tensor(Document.Select(id => (long)id).ToArray(), [1, Document.Length]));
        return scores.to(ScalarType.Float64).flatten().data<double>()
            .Zip(checkpoint.Reference().Logits(Document).SelectMany(v => v), (a, b) => Math.Abs(a - b)).Max();
    }
}
