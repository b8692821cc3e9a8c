using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Where streamed weights come from; used by one thread after another.</summary>
internal interface IWeightSource : IDisposable
{
    /// <summary>One weight in the type it is stored in or a wider one, on the CPU; the caller disposes it.</summary>
    /// <param name="name">Its name.</param>
    Tensor Read(string name);
}
