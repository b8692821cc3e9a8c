using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>A model whose blocks come from a source block by block, whatever the source is.</summary>
public sealed class WeightSourceTests
{
    private LlamaModel resident = null!;

    [SetUp]
    public void SetUp() => resident = TinyModels.Random(TinyModels.Config());

    [TearDown]
    public void TearDown() => resident.Dispose();

    [Test]
    public void Blocks_from_a_source_compute_what_resident_blocks_compute()
    {
        CopiedWeights source = new(resident);
        using (LlamaModel streamed = Streamed(source))
            Logits(streamed).Should().Equal(Logits(resident));
        source.IsDisposed.Should().BeTrue();
    }

    [Test]
    public void A_source_that_fails_while_it_reads_ahead_fails_when_that_block_is_asked_for()
    {
        CopiedWeights source = new(resident) { FailsInLayer = 1 };
        using LlamaModel streamed = Streamed(source);
        using (streamed.Take(0, 1))
        {
        }

        streamed.Invoking(m => m.Take(1, 2).Dispose()).Should().Throw<IOException>().WithMessage("gone");
    }

    private LlamaModel Streamed(CopiedWeights source)
    {
        LlamaModel streamed = new(resident.Config, ScalarType.Float32, resident.Devices, source);
        streamed.Parameters.SetAll(resident.Parameters);
        return streamed;
    }

    private static float[] Logits(LlamaModel model)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. model.Forward(tensor(new long[,] { { 1, 5, 3, 4 } })).data<float>()];
    }

    private sealed class CopiedWeights(LlamaModel model) : IWeightSource
    {
        public int? FailsInLayer { get; init; }

        public bool IsDisposed { get; private set; }

        public Tensor Read(string name) => FailsInLayer is { } layer && ParameterSet.LayerOf(name) == layer ? throw new IOException("gone") : model.Weight(name).detach().clone();

        public void Dispose() => IsDisposed = true;
    }
}
