using Repro.Engine.Models;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>
/// What is summed over micro-batches before it becomes importance: Σ g or Σ |θ · g|, in float32. Sums over parts of a sample add up to the
/// sum over the whole, always in the order of the parts.
/// </summary>
public sealed class GradientSums : IDisposable
{
    private readonly Dictionary<string, Tensor> sums;

    private GradientSums(ImportanceReading reading, Dictionary<string, Tensor> sums)
    {
        Reading = reading;
        this.sums = sums;
    }

    /// <summary>What is summed.</summary>
    public ImportanceReading Reading { get; }

    /// <summary>Documents summed over.</summary>
    public int Documents { get; private set; }

    /// <summary>Tokens predicted in them.</summary>
    public long Tokens { get; private set; }

    /// <summary>Sums over documents, in their order, micro-batch by micro-batch. Weights do not move.</summary>
    /// <param name="model">The model.</param>
    /// <param name="documents">Token ids with BOS and EOS.</param>
    /// <param name="microBatch">Documents per backward pass.</param>
    /// <param name="reading">What is summed.</param>
    /// <param name="progress">Called with the number of documents done.</param>
    /// <param name="accumulator">Type the sums are kept in; null is float32. The released code uses bfloat16, in which large sums stagnate.</param>
    /// <param name="cancellation">Ends the pass between two micro-batches.</param>
    public static GradientSums Over(
        LlamaModel model,
        IReadOnlyList<int[]> documents,
        int microBatch,
        ImportanceReading reading,
        Action<int>? progress = null,
        ScalarType? accumulator = null,
        CancellationToken cancellation = default)
    {
        GradientSums result = new(reading, ZerosLike(model, accumulator ?? ScalarType.Float32));
        try
        {
            foreach (int[][] chunk in documents.Chunk(microBatch))
            {
                cancellation.ThrowIfCancellationRequested();
                using TokenBatch batch = new(chunk, model.Device);
                LayerwiseGradients.Visit(model, batch, result.Add);
                result.Documents += chunk.Length;
                result.Tokens += batch.Predicted;
                progress?.Invoke(result.Documents);
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>The sum of several parts, added in the order given.</summary>
    public static GradientSums Merge(params IReadOnlyList<GradientSums> parts)
    {
        using IDisposable noGradient = no_grad();
        GradientSums total = new(parts[0].Reading, parts[0].sums.ToDictionary(s => s.Key, s => s.Value.clone().DetachFromDisposeScope(), StringComparer.Ordinal));
        foreach (GradientSums part in parts)
        {
            total.Documents += part.Documents;
            total.Tokens += part.Tokens;
        }

        foreach (GradientSums part in parts.Skip(1))
        {
            foreach ((string name, Tensor sum) in part.sums)
                total.sums[name].add_(sum);
        }

        return total;
    }

    /// <summary>The importance of every weight.</summary>
    /// <param name="model">The model the sums were taken on.</param>
    /// <param name="score">Eq. 4, or one of its factors as a baseline.</param>
    /// <exception cref="ArgumentException">The gradient alone is asked for and the sums are of |θ · g|.</exception>
    public ImportanceMap ToMap(LlamaModel model, ImportanceScore score = ImportanceScore.FirstOrder)
    {
        if (score == ImportanceScore.Gradient && Reading != ImportanceReading.Signed)
            throw new ArgumentException("Sums of |θ · g| do not hold the gradient; accumulate under the signed reading.", nameof(score));
        using IDisposable noGradient = no_grad();
        Dictionary<string, Tensor> scores = sums.ToDictionary(
            s => s.Key,
            s =>
            {
                using DisposeScope scope = NewDisposeScope();
                return Score(s.Value.to(ScalarType.Float32), model.Parameters[s.Key], score).cpu().DetachFromDisposeScope();
            },
            StringComparer.Ordinal);
        return new ImportanceMap(scores, Reading, Documents, Tokens);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor sum in sums.Values)
            sum.Dispose();
    }

    private Tensor Score(Tensor sum, Tensor weight, ImportanceScore score) => score switch
    {
        ImportanceScore.Magnitude => weight.to(ScalarType.Float32).abs(),
        ImportanceScore.Gradient => sum.abs(),
        _ => Reading == ImportanceReading.Signed ? (sum * weight.to(ScalarType.Float32)).abs() : sum.clone(),
    };

    private void Add(string name, Tensor weight, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor wide = gradient.to(ScalarType.Float32);
        Tensor term = Reading == ImportanceReading.Signed ? wide : (wide * weight.to(ScalarType.Float32)).abs();
        sums[name].add_(term.to(sums[name].dtype));
    }

    private static Dictionary<string, Tensor> ZerosLike(LlamaModel model, ScalarType type) =>
        model.Parameters.Where(p => ParameterSet.IsInBlock(p.Key)).ToDictionary(
            p => p.Key, p => zeros(p.Value.shape, type, p.Value.device).DetachFromDisposeScope(), StringComparer.Ordinal);
}
