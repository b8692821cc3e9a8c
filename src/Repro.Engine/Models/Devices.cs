using Repro.Engine.Native;
using Repro.Engine.Storage;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Devices by name.</summary>
public static class Devices
{
    /// <summary>The device of a name: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="InputException">There is no such device on this machine.</exception>
    public static Device Parse(string name)
    {
        LibTorch.EnsureLoaded();
        if (name == "cpu")
            return CPU;
        int index = 0;
        bool named = name == "cuda" || (name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out index) && index >= 0);
        if (!named)
            throw new InputException($"'{name}' is not a device; use cpu or cuda:0.");
        return cuda.is_available() && index < cuda.device_count()
            ? new Device(DeviceType.CUDA, index)
            : throw new InputException($"This build or machine has no device '{name}'; use --device cpu, or build with -p:TorchBackend=cuda on a machine with a GPU.");
    }
}
