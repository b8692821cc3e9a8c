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
/// What is summed over micro-batches before it becomes importance or another score: Σ g, Σ |θ · g| or another term, in float32. Sums over
/// parts of a sample add up to the sum over the whole, always in the order of the parts.
/// </summary>
public sealed class GradientSums : IDisposable
{
    private const string Kind = "gradient sums";

    private readonly Func<string, Tensor> read;
    private readonly IDisposable? owned;

    private GradientSums(SummedTerm term, ImportanceReading reading, int documents, long tokens, Func<string, Tensor> read, IDisposable? owned)
    {
        Term = term;
        Reading = reading;
        Documents = documents;
        Tokens = tokens;
        this.read = read;
        this.owned = owned;
    }

    /// <summary>What is summed.</summary>
    public SummedTerm Term { get; }

    /// <summary>How gradients become importance.</summary>
    public ImportanceReading Reading { get; }

    /// <summary>Documents summed over.</summary>
    public int Documents { get; }

    /// <summary>Tokens predicted in them.</summary>
    public long Tokens { get; }

    /// <summary>Sums over documents, in their order, micro-batch by micro-batch. Weights do not move.</summary>
    /// <param name="model">The model.</param>
    /// <param name="documents">Token ids with BOS and EOS.</param>
    /// <param name="pass">What is summed, and what is held where meanwhile; all sums can't be in a <see cref="SumPlacement.File"/>, which <see cref="Write"/> is for.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1.</param>
    /// <param name="only">The few weights whose gradients are summed; null is all.</param>
    /// <param name="cancellation">Ends the pass between two micro-batches or blocks.</param>
    public static GradientSums Over(
        LlamaModel model,
        IReadOnlyList<int[]> documents,
        GradientPass pass,
        Action<double>? progress = null,
        IReadOnlyCollection<string>? only = null,
        CancellationToken cancellation = default)
    {
        if (pass.Placement == SumPlacement.File && only is null)
            throw new ArgumentException("Sums that are to be in a file do not fit into memory; write them.", nameof(pass));
        SumsInMemory sums = new(model, pass, only);
        try
        {
            if (SumsSideBySide.Suits(model, pass))
                SumsSideBySide.Run(model, documents, pass, sums, only, progress, cancellation);
            else
                GradientAccumulation.Run(model, documents, pass, sums, progress, cancellation);
            return new GradientSums(pass.Term, pass.Reading, documents.Count, TokensOf(documents), sums.Read, sums);
        }
        catch
        {
            sums.Dispose();
            throw;
        }
    }

    /// <summary>Sums over documents into a sealed file.</summary>
    /// <param name="path">The file; it appears when it is complete.</param>
    /// <param name="metadata">What it was made from.</param>
    /// <param name="model">The model.</param>
    /// <param name="documents">Token ids with BOS and EOS.</param>
    /// <param name="pass">What is summed, and what is held where meanwhile.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1.</param>
    /// <param name="cancellation">Ends the pass between two micro-batches or blocks.</param>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, string> metadata,
        LlamaModel model,
        IReadOnlyList<int[]> documents,
        GradientPass pass,
        Action<double>? progress = null,
        CancellationToken cancellation = default)
    {
        if (pass.Placement != SumPlacement.File)
        {
            using GradientSums sums = Over(model, documents, pass, progress, cancellation: cancellation);
            sums.Save(path, metadata, model.Config);
            return;
        }

        using SafetensorsDraft draft = Draft(path, metadata, model.Config, pass.Term, pass.Reading, documents.Count, TokensOf(documents));
        GradientAccumulation.Run(model, documents, pass, new SumsInFile(draft, pass.Accumulator), progress, cancellation);
        draft.Commit();
    }

    /// <summary>Writes the sums into a sealed file.</summary>
    /// <param name="path">The file; it appears when it is complete.</param>
    /// <param name="metadata">What they were made from.</param>
    /// <param name="config">Shape of the model they were taken on.</param>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata, LlamaConfig config)
    {
        using SafetensorsDraft draft = Draft(path, metadata, config, Term, Reading, Documents, Tokens);
        foreach (string name in draft.Names)
        {
            using DisposeScope scope = NewDisposeScope();
            draft.Write(name, Read(name).to(ScalarType.Float32));
        }

        draft.Commit();
    }

    /// <summary>Opens a file of sums; they are read when they are asked for.</summary>
    /// <param name="file">The file, which the sums then own.</param>
    /// <exception cref="InputException">It holds no sums.</exception>
    public static GradientSums Of(SafetensorsFile file)
    {
        IReadOnlyDictionary<string, string> metadata = file.Header.Metadata;
        return metadata.GetValueOrDefault("kind") == Kind
            && Enum.TryParse(metadata.GetValueOrDefault("term"), out SummedTerm term) && Enum.IsDefined(term)
            && Enum.TryParse(metadata.GetValueOrDefault("reading"), out ImportanceReading reading) && Enum.IsDefined(reading)
            && int.TryParse(metadata.GetValueOrDefault("documents"), CultureInfo.InvariantCulture, out int documents)
            && long.TryParse(metadata.GetValueOrDefault("tokens"), CultureInfo.InvariantCulture, out long tokens)
            ? new GradientSums(term, reading, documents, tokens, file.Read, file)
            : throw new InputException($"{file.Path} should hold gradient sums and does not; remove it to have it made again.");
    }

    /// <summary>The sum of several parts, added in the order given; the parts stay their owner's and must outlive it.</summary>
    public static GradientSums Merge(params IReadOnlyList<GradientSums> parts)
    {
        Tensor Read(string name)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            Tensor total = parts[0].Read(name).to(ScalarType.Float32, copy: true);
            foreach (GradientSums part in parts.Skip(1))
                total.Add(part.Read(name).to(total.device));
            return total.MoveToOuterDisposeScope();
        }

        return parts.Count == 1
            ? new GradientSums(parts[0].Term, parts[0].Reading, parts[0].Documents, parts[0].Tokens, parts[0].read, null)
            : new GradientSums(parts[0].Term, parts[0].Reading, parts.Sum(p => p.Documents), parts.Sum(p => p.Tokens), Read, null);
    }

    /// <summary>The score of every weight, computed tensor by tensor when it is asked for; model and sums must outlive it.</summary>
    /// <param name="model">The model the sums were taken on.</param>
    /// <param name="score">Eq. 4, one of its factors as a baseline, or another score.</param>
    /// <exception cref="ArgumentException">The sums are not those of the score.</exception>
    public ImportanceMap ToMap(LlamaModel model, ImportanceScore score = ImportanceScore.FirstOrder)
    {
        if (score.Term() != Term)
            throw new ArgumentException($"Sums of {Term} do not make the score {score}, which needs {score.Term()}.", nameof(score));
        if (score == ImportanceScore.Gradient && Reading != ImportanceReading.Signed)
            throw new ArgumentException("Sums of |θ · g| do not hold the gradient; accumulate under the signed reading.", nameof(score));
        return new ImportanceMap(
            ImportanceMap.Layout(model.Config).ToDictionary(t => t.Name, t => t.Shape, StringComparer.Ordinal),
            name =>
            {
                using DisposeScope scope = NewDisposeScope();
                return GradientAccumulation.Score(Read(name).to(ScalarType.Float32), model.Weight(name), Reading, score).MoveToOuterDisposeScope();
            },
            Reading,
            Documents,
            Tokens);
    }

    /// <summary>One sum, in the caller's dispose scope or held by this object.</summary>
    internal Tensor Read(string name) => read(name);

    /// <inheritdoc/>
    public void Dispose() => owned?.Dispose();

    internal static long TokensOf(IEnumerable<int[]> documents) => documents.Sum(d => d.Length - 1L);

    private static SafetensorsDraft Draft(
        string path, IReadOnlyDictionary<string, string> metadata, LlamaConfig config, SummedTerm term, ImportanceReading reading, int documents, long tokens) =>
        SafetensorsDraft.Create(
            path,
            ImportanceMap.Layout(config, term),
            new Dictionary<string, string>(metadata)
            {
                ["kind"] = Kind,
                ["term"] = term.ToString(),
                ["reading"] = reading.ToString(),
                ["documents"] = documents.ToString(CultureInfo.InvariantCulture),
                ["tokens"] = tokens.ToString(CultureInfo.InvariantCulture),
            },
            isSealed: true);
}
