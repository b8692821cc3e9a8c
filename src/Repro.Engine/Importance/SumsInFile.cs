using Repro.Engine.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Sums in a file that is being made; the draft stays its maker's.</summary>
/// <param name="draft">The file, in float32, which holds every value of a narrower type.</param>
/// <param name="accumulator">Type that terms are added in.</param>
/// <param name="finish">
/// What a sum comes to, where each is complete when it is first given back: then nothing is read again, neither sums nor weights. Null keeps the sums.
/// </param>
internal sealed class SumsInFile(SafetensorsDraft draft, ScalarType accumulator, Func<Tensor, Tensor, Tensor>? finish = null) : ISumStorage
{
    public bool Holds(string name) => true;

    public Tensor Take(string name, Device device) => draft.Read(name).to(accumulator).to(device);

    public void Put(string name, Tensor sum, Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        draft.Write(name, (finish is null ? sum : finish(sum, weight)).to(ScalarType.Float32));
    }

    public Tensor Read(string name) => draft.Read(name);

    public void Dispose()
    {
    }
}
