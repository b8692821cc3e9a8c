using System.Security.Cryptography;
using Repro.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>A hash of a model's weights as they are in memory, to prove that an intervention left no trace.</summary>
public static class WeightFingerprint
{
    private const long ElementsPerPart = 1 << 26;

    /// <summary>SHA-256 over the bytes of all weights, in the order of the network.</summary>
    /// <returns>Lower-case hexadecimal.</returns>
    public static string Of(LlamaModel model)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, _) in ParameterSet.Shapes(model.Config))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor flat = model.Weight(name).detach().view(-1);
            for (long start = 0; start < flat.numel(); start += ElementsPerPart)
                hash.AppendData(flat.narrow(0, start, Math.Min(ElementsPerPart, flat.numel() - start)).cpu().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
