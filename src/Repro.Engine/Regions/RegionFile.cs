using Repro.Engine.Files;
using Repro.Engine.Native;
using Repro.Engine.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Regions;

/// <summary>Regions as safetensors under the checkpoint's own names: a bit for each weight, or, as older files are, a byte of 0 or 1.</summary>
public static class RegionFile
{
    private const string ByteKind = "region";

    /// <summary>Writes a region atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="region">The region.</param>
    /// <param name="settings">How it was made, for <c>__metadata__</c>.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1, after each tensor.</param>
    public static void Save(string path, Region region, IReadOnlyDictionary<string, string>? settings = null, Action<double>? progress = null)
    {
        Dictionary<string, string> metadata = new(settings ?? new Dictionary<string, string>()) { ["hash"] = region.Hash() };
        using RegionDraft draft = new(path, region.Parts.Select(p => (p.Key, p.Value.Shape)), metadata);
        long done = 0;
        foreach ((string name, RegionPart part) in region.Parts)
        {
            draft.Write(name, part.Mask);
            progress?.Invoke((done += part.Mask.Length) / (double)region.Population);
        }

        draft.Commit();
    }

    /// <summary>Reads a region.</summary>
    /// <exception cref="InputException">The file is not a region, or it is damaged.</exception>
    public static Region Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Read(file);
    }

    /// <inheritdoc cref="Load"/>
    public static Region Read(SafetensorsFile file) => file.Header.Metadata.GetValueOrDefault("kind") switch
    {
        RegionBits.Kind => RegionBits.Read(file),
        ByteKind => new Region([.. file.Header.Tensors.Values.Select(entry => KeyValuePair.Create(entry.Name, new RegionPart(entry.Shape, ToMask(file, entry))))]),
        _ => throw new InputException($"{file.Path} is not a region; make one with 'repro region'."),
    };

    /// <summary>A part as a uint8 tensor of 0 and 1 in the weight's shape.</summary>
    public static Tensor ToTensor(RegionPart part)
    {
        byte[] flags = new byte[part.Mask.Length];
        foreach (long index in part.Mask.Members())
            flags[index] = 1;
        return tensor(flags, part.Shape, ScalarType.Byte);
    }

    private static Bitmask ToMask(SafetensorsFile file, SafetensorsEntry entry)
    {
        if (entry.Dtype != "U8")
            throw new InputException($"{file.Path}: '{entry.Name}' is {entry.Dtype} and a region's mask is U8; make the region again with 'repro region'.");
        using DisposeScope scope = NewDisposeScope();
        Tensor flags = file.Read(entry.Name).flatten();
        if (flags.gt(Scalars.Of(1L)).any().ToBoolean())
            throw new InputException($"{file.Path}: '{entry.Name}' holds values other than 0 and 1; make the region again with 'repro region'.");
        Bitmask mask = new(flags.numel());
        foreach (long index in flags.nonzero().flatten().data<long>())
            mask.Add(index);
        return mask;
    }
}
