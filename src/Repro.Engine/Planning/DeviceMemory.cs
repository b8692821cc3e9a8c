using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Planning;

/// <summary>Memory of GPUs, asked of the CUDA runtime that libtorch has loaded: TorchSharp can't tell.</summary>
public static unsafe class DeviceMemory
{
    private static readonly string[] Runtimes = ["libcudart.so.13", "libcudart.so.12", "libcudart.so.11.0"];

    /// <summary>Bytes free on a device now, or null for the CPU or where the runtime does not say.</summary>
    public static long? Free(Device device) => Ask(device)?.Free;

    /// <summary>Bytes a device has, or null for the CPU or where the runtime does not say.</summary>
    public static long? Total(Device device) => Ask(device)?.Total;

    private static (long Free, long Total)? Ask(Device device)
    {
        if (device.type != DeviceType.CUDA)
            return null;
        foreach (string name in Runtimes)
        {
            if (!NativeLibrary.TryLoad(name, out nint runtime)
                || !NativeLibrary.TryGetExport(runtime, "cudaSetDevice", out nint setDevice)
                || !NativeLibrary.TryGetExport(runtime, "cudaMemGetInfo", out nint getInfo))
            {
                continue;
            }

            nuint free = 0;
            nuint total = 0;
            bool asked = ((delegate* unmanaged[Cdecl]<int, int>)setDevice)(device.index) == 0 && ((delegate* unmanaged[Cdecl]<nuint*, nuint*, int>)getInfo)(&free, &total) == 0;
            if (asked)
                return ((long)free, (long)total);
        }

        return null;
    }
}
