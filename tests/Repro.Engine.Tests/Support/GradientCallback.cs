using Repro.Engine.Importance;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Support;

/// <summary>Hands each gradient to a callback.</summary>
internal sealed class GradientCallback(Action<string, Tensor> visit) : IGradientVisitor
{
    public bool Wants(string name) => true;

    public void Visit(string name, Tensor weight, Tensor gradient) => visit(name, gradient);

    public void EndBlock()
    {
    }
}
