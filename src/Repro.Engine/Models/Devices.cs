using System.Globalization;
using Repro.Engine.Files;
using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Devices by name.</summary>
public static class Devices
{
    private const string Every = "cuda:all";

    /// <summary>The devices of a list: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>cuda:0,cuda:1</c> or <c>cuda:all</c>.</summary>
    /// <returns>The devices in the order given; a model's blocks are spread over them in that order.</returns>
    /// <exception cref="InputException">The list can't be read, or a device is not on this machine.</exception>
    public static IReadOnlyList<Device> Parse(string list)
    {
        LibTorch.EnsureLoaded();
        return Parse(list, () => cuda.is_available() ? cuda.device_count() : 0);
    }

    /// <summary>As <see cref="Parse(string)"/>, on a machine of so many GPUs.</summary>
    internal static IReadOnlyList<Device> Parse(string list, Func<int> count)
    {
        if (list == "cpu")
            return [CPU];
        int present = count();
        int[] indices = list == Every ? [.. Enumerable.Range(0, present)] : [.. list.Split(',', StringSplitOptions.TrimEntries).Select(name => IndexOf(name, list))];
        if (indices.Distinct().Count() != indices.Length)
            throw new InputException($"'{list}' names a device twice; name each once.");
        if (indices.Length == 0 || indices.Any(i => i >= present))
        {
            string name = indices.Length == 0 ? Every : string.Create(CultureInfo.InvariantCulture, $"cuda:{indices.First(i => i >= present)}");
            throw new InputException(present == 0
                ? $"This build or machine has no device '{name}'; use --device cpu, or build with -p:TorchBackend=cuda (or set {LibTorch.FolderVariable} to a CUDA torch) on a machine with a GPU."
                : $"This machine has no device '{name}'; it has cuda:0 to cuda:{present - 1}.");
        }

        return [.. indices.Select(i => new Device(DeviceType.CUDA, i))];
    }

    private static int IndexOf(string name, string list)
    {
        if (name == "cuda")
            return 0;
        return name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index
            : throw new InputException($"'{list}' is not a device; use cpu, cuda:0, several like cuda:0,cuda:1, or {Every}.");
    }
}
