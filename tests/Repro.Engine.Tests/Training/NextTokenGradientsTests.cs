// R runs · V vocabulary · D width
using Repro.Engine.Models;
using Repro.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Training;

public sealed class NextTokenGradientsTests
{
    private const int Vocabulary = 7;
    private const int Width = 4;

    // Two documents, the second with two positions of padding; token 2 is read twice, so that its row is added to twice.
    private static readonly long[,] Inputs = { { 1, 2, 3 }, { 2, 0, 0 } };
    private static readonly long[,] Targets = { { 2, 3, 4 }, { 5, -100, -100 } };
    private static readonly double[,] Shares = { { 0.25, 0.25, 0.25 }, { 0.5, 0, 0 } };

    [Test]
    public void They_are_those_of_the_graph([Values] bool tied, [Values(0, 3)] int runs, [Values(null, 0.7)] double? softCap)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(1);
        long[] shape = runs == 0 ? [Vocabulary, Width] : [runs, Vocabulary, Width];
        Tensor embedding = randn(shape, ScalarType.Float64).requires_grad_(true);
        Tensor head = tied ? embedding : randn(shape, ScalarType.Float64).requires_grad_(true);
        Tensor inner = randn(Width, Width, dtype: ScalarType.Float64).requires_grad_(true);
        Tensor[] weights = tied ? [embedding, inner] : [embedding, inner, head];
        int copies = Math.Max(1, runs);
        Tensor rows = (tensor(Inputs).repeat(copies, 1).view(copies, -1) + (Vocabulary * arange(copies).unsqueeze(1))).flatten();
        Tensor targets = tensor(Targets).repeat(copies, 1);
        Tensor shares = tensor(Shares).repeat(copies, 1);
        Tensor Network(Tensor embedded) => embedded.matmul(inner).tanh();

        (Tensor losses, Tensor[] gradients) = new NextTokenGradients(weights, embedding, head, softCap).Of(Network, rows, targets, shares);

        Tensor read = Network(embedding.reshape(-1, Width).index_select(0, rows)).view(copies, -1, Width);
        Tensor scores = read.matmul(head.reshape(copies, Vocabulary, Width).transpose(1, 2)).view(targets.shape[0], targets.shape[1], Vocabulary);
        if (softCap is { } cap)
            scores = (scores / cap).tanh() * cap;
        Tensor expected = TokenLoss.PerToken(scores, targets) * shares;
        IList<Tensor> ofGraph = autograd.grad([expected.sum()], weights);
        allclose(losses, expected, rtol: 0, atol: 1e-12).Should().BeTrue();
        for (int i = 0; i < weights.Length; i++)
            (gradients[i] - ofGraph[i]).abs().max().ToDouble().Should().BeLessThan(1e-12, $"weight {i}");
    }
}
