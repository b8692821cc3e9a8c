using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Holds one sum for each weight of each block, or for some of them.</summary>
internal interface ISumStorage : IDisposable
{
    /// <summary>Whether a weight's gradients are summed.</summary>
    bool Holds(string name);

    /// <summary>A sum on a device, to be added to and given back with <see cref="Put"/>; in the caller's dispose scope or held by the storage.</summary>
    Tensor Take(string name, Device device);

    /// <summary>Takes a sum back.</summary>
    /// <param name="name">The weight's name.</param>
    /// <param name="sum">The sum.</param>
    /// <param name="weight">The weight, which is at hand now.</param>
    void Put(string name, Tensor sum, Tensor weight);

    /// <summary>A sum as it is, on whatever device it is held.</summary>
    Tensor Read(string name);
}
