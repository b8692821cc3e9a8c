using System.Globalization;
using Repro.Engine.Storage;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>The importance of every weight of every block, float32 on the CPU, under the checkpoint's own names.</summary>
public sealed class ImportanceMap : IDisposable
{
    private const string Kind = "importance";

    internal ImportanceMap(IReadOnlyDictionary<string, Tensor> scores, ImportanceReading reading, int documents, long tokens)
    {
        Scores = scores;
        Reading = reading;
        Documents = documents;
        Tokens = tokens;
    }

    /// <summary>Scores by parameter name, in the parameter's shape.</summary>
    public IReadOnlyDictionary<string, Tensor> Scores { get; }

    /// <summary>The reading the scores were accumulated under.</summary>
    public ImportanceReading Reading { get; }

    /// <summary>Documents they were accumulated over.</summary>
    public int Documents { get; }

    /// <summary>Tokens predicted in them.</summary>
    public long Tokens { get; }

    /// <summary>The scores of one parameter, row-major.</summary>
    public double[] Values(string name) => [.. Scores[name].flatten().data<float>().Select(v => (double)v)];

    /// <summary>Core importance I* = Σ_l I_l (Section 3.2), added in the order given.</summary>
    /// <exception cref="ArgumentException">There is none, or their readings differ.</exception>
    public static ImportanceMap Sum(IReadOnlyList<ImportanceMap> maps)
    {
        if (maps.Count == 0 || maps.Any(m => m.Reading != maps[0].Reading))
            throw new ArgumentException("A sum needs importance maps of one reading.", nameof(maps));

        using IDisposable noGradient = no_grad();
        Dictionary<string, Tensor> total = maps[0].Scores.ToDictionary(s => s.Key, s => s.Value.clone().DetachFromDisposeScope(), StringComparer.Ordinal);
        foreach (ImportanceMap map in maps.Skip(1))
        {
            foreach ((string name, Tensor score) in map.Scores)
                total[name].add_(score);
        }

        return new ImportanceMap(total, maps[0].Reading, maps.Sum(m => m.Documents), maps.Sum(m => m.Tokens));
    }

    /// <summary>Writes the map as safetensors.</summary>
    /// <param name="path">The file; replaced atomically.</param>
    /// <param name="settings">What it was made from, for <c>__metadata__</c>.</param>
    public void Save(string path, IReadOnlyDictionary<string, string>? settings = null)
    {
        Dictionary<string, string> metadata = new(settings ?? new Dictionary<string, string>())
        {
            ["kind"] = Kind,
            ["reading"] = Reading.ToString().ToLowerInvariant(),
            ["documents"] = Documents.ToString(CultureInfo.InvariantCulture),
            ["tokens"] = Tokens.ToString(CultureInfo.InvariantCulture),
        };
        SafetensorsFile.Write(path, Scores, metadata);
    }

    /// <summary>Reads a map.</summary>
    /// <exception cref="InputException">The file is not an importance map.</exception>
    public static ImportanceMap Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        IReadOnlyDictionary<string, string> metadata = file.Header.Metadata;
        if (metadata.GetValueOrDefault("kind") != Kind
            || !Enum.TryParse(metadata.GetValueOrDefault("reading"), ignoreCase: true, out ImportanceReading reading)
            || !int.TryParse(metadata.GetValueOrDefault("documents"), CultureInfo.InvariantCulture, out int documents)
            || !long.TryParse(metadata.GetValueOrDefault("tokens"), CultureInfo.InvariantCulture, out long tokens))
        {
            throw new InputException($"{path} is not an importance map; make one with 'repro importance'.");
        }

        if (file.Header.Tensors.Values.FirstOrDefault(t => t.Dtype != "F32") is { } wrong)
            throw new InputException($"{path}: '{wrong.Name}' is {wrong.Dtype} and importance is F32; make the map again with 'repro importance'.");
        return new ImportanceMap(
            file.Header.Tensors.Keys.ToDictionary(name => name, name => file.Read(name).DetachFromDisposeScope(), StringComparer.Ordinal), reading, documents, tokens);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor score in Scores.Values)
            score.Dispose();
    }
}
