using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Where streamed weights come from; used by one thread after another.</summary>
internal interface IWeightSource : IDisposable
{
    /// <summary>One weight as it is stored, on the CPU; the caller disposes it.</summary>
    /// <param name="name">Its name in the checkpoint.</param>
    Tensor Read(string name);
}
