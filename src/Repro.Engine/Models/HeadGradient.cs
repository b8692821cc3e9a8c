// N documents · T tokens · D width · V vocabulary · R runs
using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>
/// Losses behind an output head and their gradients there, without a graph: the scores over the vocabulary are the largest tensor of a step of a small model,
/// and the graph would go over them seven times where softmax less one at the target takes two.
/// </summary>
/// <param name="Losses_NT">Negative log-likelihood of each position's target in nats, 0 where padded.</param>
/// <param name="Input_NTD">∂L/∂ the head's input.</param>
/// <param name="Head">∂L/∂ the head's weight, in its shape; null where it was not asked for.</param>
internal sealed record HeadGradient(Tensor Losses_NT, Tensor Input_NTD, Tensor? Head)
{
    /// <summary>Computes them for L = Σ share · loss.</summary>
    /// <param name="input_NTD">What the head reads.</param>
    /// <param name="head">Its weight: [V, D]; of a stack of runs [R, V, D], run by run as the documents are.</param>
    /// <param name="targets_NT">The next token, or −100 where padded.</param>
    /// <param name="shares_NT">What the loss of each position counts in L; 0 where padded.</param>
    /// <param name="ofHead">Whether the weight's gradient is asked for.</param>
    /// <param name="softCap">The scores' soft cap, or null.</param>
    public static HeadGradient Of(Tensor input_NTD, Tensor head, Tensor targets_NT, Tensor shares_NT, bool ofHead, double? softCap)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor head_RVD = head.dim() == 2 ? head.unsqueeze(0) : head;
        long runs = head_RVD.shape[0];
        Tensor input_RMD = input_NTD.reshape(runs, -1, input_NTD.shape[^1]);
        Tensor scores_RMV = SoftCap.Apply(Product(input_RMD, head_RVD.transpose(1, 2)), softCap);
        ScalarType wide = scores_RMV.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        Tensor logProbabilities_RMV = nn.functional.log_softmax(scores_RMV.to(wide), -1);

        Tensor targets_RM1 = targets_NT.view(runs, -1, 1);
        Tensor shares_RM1 = shares_NT.to(input_NTD.dtype).view(runs, -1, 1);
        Tensor at_RM1 = targets_RM1.clamp_min(Scalars.Of(0L));
        Tensor losses_RM1 = logProbabilities_RMV.gather(-1, at_RM1).neg_().masked_fill_(targets_RM1.lt(Scalars.Of(0L)), Scalars.Of(0.0));
        Tensor ofScores_RMV = logProbabilities_RMV.exp_().scatter_add_(-1, at_RM1, full_like(losses_RM1, Scalars.Of(-1.0)));
        Tensor gradient_RMV = SoftCap.Backward(ofScores_RMV, scores_RMV, softCap).to(scores_RMV.dtype);

        // The shares are those of rows, so they are multiplied into the narrow factor of each product.
        Tensor input = Product(gradient_RMV, head_RVD).mul_(shares_RM1).view(input_NTD.shape);
        Tensor? ofWeight = ofHead ? Product(gradient_RMV.transpose(1, 2), input_RMD * shares_RM1).view(head.shape) : null;
        return new HeadGradient(losses_RM1.view(targets_NT.shape).MoveToOuterDisposeScope(), input.MoveToOuterDisposeScope(), ofWeight?.MoveToOuterDisposeScope());
    }

    // A batch of one product is another routine than a product.
    private static Tensor Product(Tensor left, Tensor right) => left.shape[0] == 1 ? left.squeeze(0).mm(right.squeeze(0)).unsqueeze(0) : left.bmm(right);
}
