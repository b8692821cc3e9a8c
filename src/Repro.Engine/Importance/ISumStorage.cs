using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Holds one sum for each weight of each block.</summary>
internal interface ISumStorage : IDisposable
{
    /// <summary>A sum on a device, to be added to and given back with <see cref="Put"/>; in the caller's dispose scope or held by the storage.</summary>
    Tensor Take(string name, Device device);

    /// <summary>Takes a sum back.</summary>
    void Put(string name, Tensor sum);

    /// <summary>A sum as it is, on whatever device it is held.</summary>
    Tensor Read(string name);
}
