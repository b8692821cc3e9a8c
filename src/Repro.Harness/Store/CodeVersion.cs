using System.Runtime.Intrinsics;
using Repro.Engine.Models;
using Repro.Engine.Native;

namespace Repro.Harness.Store;

/// <summary>What computes a result: the build of this code, the libtorch that is loaded, and the processor's vectors, which decide the order of sums.</summary>
public static class CodeVersion
{
    /// <summary>Changes whenever a result may.</summary>
    public static string Current { get; } = string.Join(
        ' ',
        typeof(LlamaModel).Module.ModuleVersionId,
        typeof(CodeVersion).Module.ModuleVersionId,
        LibTorch.BindingVersion,
        LibTorch.Size,
        Vector512.IsHardwareAccelerated ? "512 bit" : Vector256.IsHardwareAccelerated ? "256 bit" : "128 bit");
}
