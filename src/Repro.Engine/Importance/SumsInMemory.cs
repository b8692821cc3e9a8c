using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Planning;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Sums in the memory of the weights' devices, or of the host.</summary>
internal sealed class SumsInMemory : ISumStorage
{
    private readonly Dictionary<string, Tensor> sums;

    /// <summary>Begins with zeros.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pass">What is summed, in which type, and whether in the host's memory.</param>
    /// <param name="only">The weights whose gradients are summed; null is all.</param>
    public SumsInMemory(LlamaModel model, GradientPass pass, IReadOnlyCollection<string>? only = null) =>
        sums = model.Layout.Weights.Where(w => w.Role.IsInBlock() && only?.Contains(w.Name) != false).ToDictionary(
            w => w.Name,
            w => zeros(pass.Term.Shape(w.Shape), pass.Accumulator, pass.Placement == SumPlacement.Host ? CPU : model.Devices.Of(model.Config, w.Name)).DetachFromDisposeScope(),
            StringComparer.Ordinal);

    public bool Holds(string name) => sums.ContainsKey(name);

    public Tensor Take(string name, Device device) => sums[name].to(device);

    public void Put(string name, Tensor sum, Tensor weight)
    {
        using IDisposable noGradient = no_grad();
        if (sum.Handle != sums[name].Handle)
            sums[name].copy_(sum);
    }

    public Tensor Read(string name) => sums[name];

    /// <summary>Adds the sums over further documents.</summary>
    public void Add(SumsInMemory further)
    {
        using IDisposable noGradient = no_grad();
        foreach ((string name, Tensor sum) in sums)
            sum.Add(further.sums[name]);
    }

    public void Dispose()
    {
        foreach (Tensor sum in sums.Values)
            sum.Dispose();
    }
}
