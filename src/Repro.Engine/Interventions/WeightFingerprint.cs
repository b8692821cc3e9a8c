using System.Security.Cryptography;
using System.Text;
using Repro.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>A hash of a model's weights as they are in memory, to prove that an intervention left no trace.</summary>
public static class WeightFingerprint
{
    private const long ElementsPerPart = 1 << 26;

    // Each hashes a tensor of its own, and each brings a copy of it where it is streamed or on another device.
    private const int AtATime = 4;

    /// <summary>SHA-256 over the names and the hashes of the bytes of all weights, in the order of the network.</summary>
    /// <returns>Lower-case hexadecimal.</returns>
    public static string Of(LlamaModel model) => Of(model, [.. ParameterSet.Shapes(model.Config).Select(s => s.Name)]);

    /// <summary>The same over the resident weights alone; streamed ones lie in files that nothing writes.</summary>
    /// <inheritdoc cref="Of(LlamaModel)"/>
    public static string OfResident(LlamaModel model) => Of(model, [.. model.Parameters.Keys]);

    private static string Of(LlamaModel model, string[] names)
    {
        string[] hashes = new string[names.Length];
        Parallel.For(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, i => hashes[i] = Of(model, names[i]));
        string all = string.Join('\n', names.Zip(hashes, (name, hash) => $"{name} {hash}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    private static string Of(LlamaModel model, string name)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = model.Weight(name).detach().view(-1);
        for (long start = 0; start < flat.numel(); start += ElementsPerPart)
            hash.AppendData(flat.narrow(0, start, Math.Min(ElementsPerPart, flat.numel() - start)).cpu().bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
