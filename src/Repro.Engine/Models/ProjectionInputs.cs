// B batch · T tokens · X input width
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Hears what the calling thread multiplies weights with, until it is disposed; like <c>no_grad</c>, it holds for one thread.</summary>
internal sealed class ProjectionInputs : IDisposable
{
    [ThreadStatic]
    private static ProjectionInputs? current;

    private readonly Action<Tensor, Tensor> hear;

    /// <summary>Begins to listen.</summary>
    /// <param name="hear">Gets a weight and its input, [B, T, X] with the weight's last dimension X; a bias has one input of 1 for each token, [B, T, 1].</param>
    public ProjectionInputs(Action<Tensor, Tensor> hear)
    {
        this.hear = hear;
        current = this;
    }

    /// <summary>Tells the listener, where there is one.</summary>
    public static void Tell(Tensor input_BTX, Tensor weight, Tensor? bias = null)
    {
        if (current is null)
            return;
        using DisposeScope scope = NewDisposeScope();
        current.hear(weight, input_BTX);
        if (bias is not null)
            current.hear(bias, ones_like(input_BTX.narrow(-1, 0, 1)));
    }

    public void Dispose() => current = null;
}
