using System.Runtime.InteropServices;

namespace Repro.Engine.Native;

/// <summary>
/// Keeps memory that libtorch frees in the process. glibc gives blocks of some megabytes back to the system at once, and the next operation waits for
/// the kernel to clear new pages: training a small model takes twice as long.
/// </summary>
internal static unsafe class HeapSettings
{
    // mallopt(3) and glibc's malloc.h; a block of the largest threshold that glibc takes, or more, is still given back.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;
    private const int LargestMapThreshold = 32 << 20;

    /// <summary>Sets them for the process; another C library than glibc stays as it is.</summary>
    public static void Apply()
    {
        if (!NativeLibrary.TryLoad("libc.so.6", out IntPtr library) || !NativeLibrary.TryGetExport(library, "mallopt", out IntPtr address))
            return;
        delegate* unmanaged<int, int, int> mallopt = (delegate* unmanaged<int, int, int>)address;
        mallopt(MapThreshold, LargestMapThreshold);
        mallopt(TrimThreshold, int.MaxValue);
        mallopt(TopPad, 2 * LargestMapThreshold);
    }
}
