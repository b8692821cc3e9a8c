// N documents · T tokens · D width · V vocabulary · R runs
using Repro.Engine.Models;
using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>
/// Gradients of a sum of next-token losses for all weights of a model, or of a stack of them. Only what lies between embedding and output head is
/// differentiated by a graph: the embedding's gradient is added row by row, where a graph would fill a matrix of the vocabulary's size with zeros.
/// </summary>
/// <param name="weights">All weights.</param>
/// <param name="embedding">The embedding among them, [V, D] or [R, V, D].</param>
/// <param name="head">The output head among them, of the same shape; the embedding itself where they are tied.</param>
/// <param name="softCap">The soft cap of the scores behind the head, or null.</param>
internal sealed class NextTokenGradients(IReadOnlyList<Tensor> weights, Tensor embedding, Tensor head, double? softCap)
{
    private readonly Tensor[] inner = [.. weights.Where(w => !ReferenceEquals(w, embedding) && !ReferenceEquals(w, head))];

    /// <summary>Computes them for L = Σ share · loss.</summary>
    /// <param name="network">What the output head reads, [N, T, D], of the embedded tokens.</param>
    /// <param name="rows">Rows of the tokens in the embedding, of a stack in those of all its models; int64 [N · T].</param>
    /// <param name="targets_NT">The next token, or −100 where padded.</param>
    /// <param name="shares_NT">What the loss of each position counts in L; 0 where padded.</param>
    /// <returns>Each position's loss times its share, on the head's device, and the gradients in the weights' order, in the caller's dispose scope.</returns>
    public (Tensor Losses_NT, Tensor[] Gradients) Of(Func<Tensor, Tensor> network, Tensor rows, Tensor targets_NT, Tensor shares_NT)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor embedded_NTD = Embedded(rows, targets_NT.shape).requires_grad_(true);
        Tensor read_NTD = network(embedded_NTD);
        Tensor shares = shares_NT.to(read_NTD.device);
        HeadGradient behind = HeadGradient.Of(read_NTD, head, targets_NT.to(read_NTD.device), shares, ofHead: true, softCap);
        IList<Tensor> gradients = autograd.grad([read_NTD], [.. inner, embedded_NTD], [behind.Input_NTD]);

        using IDisposable noGradient = no_grad();
        Tensor ofEmbedding = ReferenceEquals(embedding, head) ? behind.Head! : zeros_like(embedding);
        ofEmbedding.view(-1, ofEmbedding.shape[^1]).index_add_(0, rows, gradients[^1].flatten(0, 1), Scalars.Of(1.0));
        Tensor losses_NT = behind.Losses_NT * shares.to(behind.Losses_NT.dtype);
        int next = 0;
        Tensor Gradient(Tensor weight) => ReferenceEquals(weight, embedding) ? ofEmbedding : ReferenceEquals(weight, head) ? behind.Head! : gradients[next++];
        return (losses_NT.MoveToOuterDisposeScope(), [.. weights.Select(w => Gradient(w).MoveToOuterDisposeScope())]);
    }

    private Tensor Embedded(Tensor rows, long[] documents)
    {
        using IDisposable noGradient = no_grad();
        long width = embedding.shape[^1];
        return embedding.view(-1, width).index_select(0, rows).view(documents[0], documents[1], width);
    }
}
