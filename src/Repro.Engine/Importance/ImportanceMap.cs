using System.Globalization;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Planning;
using Repro.Engine.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>
/// The importance of every weight of every block, float32 on the CPU, under the checkpoint's own names. Scores are computed or read tensor by tensor
/// when they are asked for: those of a 7B model are 26 GB.
/// </summary>
public sealed class ImportanceMap : IDisposable
{
    private const string Kind = "importance";

    private readonly Func<string, Tensor> read;
    private readonly IDisposable? owned;

    internal ImportanceMap(
        IReadOnlyDictionary<string, long[]> shapes, Func<string, Tensor> read, ImportanceReading reading, int documents, long tokens, IDisposable? owned = null)
    {
        Shapes = shapes;
        this.read = read;
        Reading = reading;
        Documents = documents;
        Tokens = tokens;
        this.owned = owned;
    }

    /// <summary>Shapes by parameter name.</summary>
    public IReadOnlyDictionary<string, long[]> Shapes { get; }

    /// <summary>The reading the scores were accumulated under.</summary>
    public ImportanceReading Reading { get; }

    /// <summary>Documents they were accumulated over.</summary>
    public int Documents { get; }

    /// <summary>Tokens predicted in them.</summary>
    public long Tokens { get; }

    /// <summary>The scores of one parameter, in its shape; the caller disposes them.</summary>
    public Tensor Read(string name) => read(name);

    /// <summary>The scores of one parameter, row-major.</summary>
    public double[] Values(string name)
    {
        using Tensor scores = Read(name);
        return [.. scores.data<float>().Select(v => (double)v)];
    }

    /// <summary>Core importance I* = Σ_l I_l (Section 3.2), added in the order given; the maps must outlive it.</summary>
    /// <exception cref="ArgumentException">There is none, or their readings differ.</exception>
    public static ImportanceMap Sum(IReadOnlyList<ImportanceMap> maps)
    {
        if (maps.Count == 0 || maps.Any(m => m.Reading != maps[0].Reading))
            throw new ArgumentException("A sum needs importance maps of one reading.", nameof(maps));

        Tensor Read(string name)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            Tensor total = maps[0].Read(name);
            foreach (ImportanceMap map in maps.Skip(1))
            {
                using Tensor scores = map.Read(name);
                total.Add(scores);
            }

            return total.MoveToOuterDisposeScope();
        }

        return new ImportanceMap(maps[0].Shapes, Read, maps[0].Reading, maps.Sum(m => m.Documents), maps.Sum(m => m.Tokens));
    }

    /// <summary>Writes the map as safetensors.</summary>
    /// <param name="path">The file; replaced atomically.</param>
    /// <param name="settings">What it was made from, for <c>__metadata__</c>.</param>
    public void Save(string path, IReadOnlyDictionary<string, string>? settings = null)
    {
        using SafetensorsDraft draft = Draft(path, Shapes, settings, Reading, Documents, Tokens);
        foreach (string name in draft.Names)
        {
            using Tensor scores = Read(name);
            draft.Write(name, scores);
        }

        draft.Commit();
    }

    /// <summary>Computes the importance of documents and writes it as safetensors; no more is in memory than a pass needs.</summary>
    /// <param name="path">The file; it appears when it is complete.</param>
    /// <param name="settings">What it is made from, for <c>__metadata__</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="documents">Token ids with BOS and EOS.</param>
    /// <param name="pass">What is summed, and what is held where meanwhile.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1.</param>
    /// <param name="cancellation">Ends the pass between two micro-batches or blocks.</param>
    /// <exception cref="InputException">A score is not finite; no file is written.</exception>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, string> settings,
        LlamaModel model,
        IReadOnlyList<int[]> documents,
        GradientPass pass,
        Action<double>? progress = null,
        CancellationToken cancellation = default)
    {
        if (pass.Placement != SumPlacement.File)
        {
            using GradientSums sums = GradientSums.Over(model, documents, pass, progress, cancellation: cancellation);
            using ImportanceMap map = sums.ToMap(model);
            foreach (string name in map.Shapes.Keys)
            {
                using Tensor scores = map.Read(name);
                RefuseNonFinite(scores, model, documents);
            }

            map.Save(path, settings);
            return;
        }

        // The file holds the sums first and then, tensor by tensor, what they come to.
        Dictionary<string, long[]> shapes = Layout(model.Config).ToDictionary(t => t.Name, t => t.Shape, StringComparer.Ordinal);
        using SafetensorsDraft draft = Draft(path, shapes, settings, pass.Reading, documents.Count, GradientSums.TokensOf(documents));
        Tensor Score(Tensor sum, Tensor weight) => GradientAccumulation.Score(sum, weight, pass.Reading, ImportanceScore.FirstOrder);
        bool isOneSweep = GradientAccumulation.IsOneSweep(documents, pass);
        GradientAccumulation.Run(model, documents, pass, new SumsInFile(draft, pass.Accumulator, isOneSweep ? Score : null), progress, cancellation);
        foreach (string name in draft.Names)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor scores = isOneSweep ? draft.Read(name) : Score(draft.Read(name), model.Weight(name));
            RefuseNonFinite(scores, model, documents);
            if (!isOneSweep)
                draft.Write(name, scores);
        }

        draft.Commit();
    }

    /// <summary>Opens a map; its scores are read when they are asked for.</summary>
    /// <exception cref="InputException">The file is not an importance map.</exception>
    public static ImportanceMap Load(string path)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        try
        {
            IReadOnlyDictionary<string, string> metadata = file.Header.Metadata;
            if (metadata.GetValueOrDefault("kind") != Kind
                || !Enum.TryParse(metadata.GetValueOrDefault("reading"), ignoreCase: true, out ImportanceReading reading) || !Enum.IsDefined(reading)
                || !int.TryParse(metadata.GetValueOrDefault("documents"), CultureInfo.InvariantCulture, out int documents)
                || !long.TryParse(metadata.GetValueOrDefault("tokens"), CultureInfo.InvariantCulture, out long tokens))
            {
                throw new InputException($"{path} is not an importance map; make one with 'repro importance'.");
            }

            if (file.Header.Tensors.Values.FirstOrDefault(t => t.Dtype != "F32") is { } wrong)
                throw new InputException($"{path}: '{wrong.Name}' is {wrong.Dtype} and importance is F32; make the map again with 'repro importance'.");
            return new ImportanceMap(file.Header.Tensors.ToDictionary(t => t.Key, t => t.Value.Shape, StringComparer.Ordinal), name => ReadFinite(file, name), reading, documents, tokens, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => owned?.Dispose();

    /// <summary>The tensors of a map, or of sums for one: one for each weight of each block.</summary>
    internal static IEnumerable<TensorLayout> Layout(LlamaConfig config, SummedTerm term = SummedTerm.Gradient) =>
        ModelLayout.Of(config).Weights.Where(w => w.Role.IsInBlock()).Select(w => new TensorLayout(w.Name, ScalarType.Float32, term.Shape(w.Shape)));

    private static Tensor ReadFinite(SafetensorsFile file, string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor scores = file.Read(name);
        return scores.isfinite().all().ToBoolean()
            ? scores.MoveToOuterDisposeScope()
            : throw new InputException($"{file.Path}: '{name}' holds a score that is no finite number; make the map again with 'repro importance'.");
    }

    private static void RefuseNonFinite(Tensor scores, LlamaModel model, IReadOnlyList<int[]> documents)
    {
        using Tensor all = scores.isfinite().all();
        if (!all.ToBoolean())
            throw NonFinite.Complaint(model, documents, "An importance score");
    }

    private static SafetensorsDraft Draft(
        string path, IReadOnlyDictionary<string, long[]> shapes, IReadOnlyDictionary<string, string>? settings, ImportanceReading reading, int documents, long tokens) =>
        SafetensorsDraft.Create(path, shapes.Select(s => new TensorLayout(s.Key, ScalarType.Float32, s.Value)), new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["kind"] = Kind,
            ["reading"] = reading.ToString().ToLowerInvariant(),
            ["documents"] = documents.ToString(CultureInfo.InvariantCulture),
            ["tokens"] = tokens.ToString(CultureInfo.InvariantCulture),
        });
}
