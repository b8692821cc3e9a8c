using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Sums in the memory of the weights' devices, or of the host.</summary>
internal sealed class SumsInMemory : ISumStorage
{
    private readonly Dictionary<string, Tensor> sums;

    public SumsInMemory(LlamaModel model, ScalarType type, bool onHost) =>
        sums = ParameterSet.Shapes(model.Config).Where(s => ParameterSet.IsInBlock(s.Name)).ToDictionary(
            s => s.Name,
            s => zeros(s.Shape, type, onHost ? CPU : model.Devices.Of(model.Config, s.Name)).DetachFromDisposeScope(),
            StringComparer.Ordinal);

    public Tensor Take(string name, Device device) => sums[name].to(device);

    public void Put(string name, Tensor sum)
    {
        using IDisposable noGradient = no_grad();
        if (sum.Handle != sums[name].Handle)
            sums[name].copy_(sum);
    }

    public Tensor Read(string name) => sums[name];

    public void Dispose()
    {
        foreach (Tensor sum in sums.Values)
            sum.Dispose();
    }
}
