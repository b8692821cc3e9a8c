using Repro.Engine.Storage;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Sums in a file that is being made; the draft stays its maker's.</summary>
internal sealed class SumsInFile(SafetensorsDraft draft) : ISumStorage
{
    public Tensor Take(string name, Device device) => draft.Read(name).to(device);

    public void Put(string name, Tensor sum) => draft.Write(name, sum);

    public Tensor Read(string name) => draft.Read(name);

    public void Dispose()
    {
    }
}
