// R runs · N = R · B documents · T tokens · D width · V vocabulary
using System.Numerics;
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Regions;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>
/// Several models of one shape that are trained together: each weight is one tensor [R, …], and each operation computes all models. A step of a small model
/// is bound by the number of its operations, which stays that of one model.
/// </summary>
/// <remarks>The blocks' matrices are held as [R, input, output], the transpose of a checkpoint's, so that their gradients lie in the memory as they do.</remarks>
internal sealed class ModelStack : IDisposable
{
    // Floats of two vector registers, the most that an operation reads at once; it computes what is left of them at the end in another way.
    private const int Vectors = 32;

    private readonly OrderedDictionary<string, Tensor> weights = new(StringComparer.Ordinal);
    private readonly LlamaConfig config;
    private readonly ModelLayout layout;
    private readonly LlamaBlock[] blocks;
    private readonly RotaryEmbedding rotary;
    private readonly NextTokenGradients gradients;

    /// <summary>Makes a stack whose weights are zero.</summary>
    /// <param name="config">The shape of each model.</param>
    /// <param name="type">Type of the weights.</param>
    /// <param name="device">Where they are.</param>
    /// <param name="runs">Number of models.</param>
    public ModelStack(LlamaConfig config, ScalarType type, Device device, int runs)
    {
        this.config = config;
        layout = ModelLayout.Of(config);
        Count = runs;
        using DisposeScope scope = NewDisposeScope();
        foreach (LayoutWeight weight in layout.Weights)
        {
            long[] shape = weight.Shape;
            long[] held = IsTransposed(weight.Role, shape.Length) ? [runs, shape[1], shape[0]] : [runs, .. shape];
            weights.Add(weight.Name, zeros(held, config.Architecture.HeldType(weight.Role, type), device).requires_grad_(true).DetachFromDisposeScope());
        }

        rotary = new RotaryEmbedding(config with { MaxPositions = (config.MaxPositions + TokensMultiple - 1) / TokensMultiple * TokensMultiple }, device, type);
        blocks = [.. Enumerable.Range(0, config.LayerCount).Select(layer => new LlamaBlock(config, layer, OfLayer(layer)))];
        gradients = new NextTokenGradients([.. weights.Values], Embedding, weights[layout.Name(WeightRole.Head)], config.FinalSoftCap);
    }

    /// <summary>Number of models.</summary>
    public int Count { get; }

    /// <summary>What T must be a multiple of for every run's elements to fill whole vectors, whatever their place in the stack: only then have they the same bits in each.</summary>
    public int TokensMultiple => Vectors / (int)BigInteger.GreatestCommonDivisor(Vectors, BigInteger.GreatestCommonDivisor(config.HiddenSize, config.IntermediateSize));

    /// <summary>The weights by name, each with the run as its first dimension, in the order of the network.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => weights;

    /// <summary>Where the weights are.</summary>
    public Device Device => Embedding.device;

    /// <summary>The losses of every model on the same documents, and their gradients.</summary>
    /// <param name="batch">The documents.</param>
    /// <returns>
    /// The mean loss of each model, [R], and the gradient of each weight in the order of <see cref="Weights"/>, in the caller's dispose scope.
    /// </returns>
    public (Tensor Losses_R, Tensor[] Gradients) Backward(TokenBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor losses_NT, Tensor[] all) = gradients.Of(Through, Rows(batch.Inputs_BT.repeat(Count, 1)), batch.Targets_BT.repeat(Count, 1), batch.Shares_BT.repeat(Count, 1));
        return (losses_NT.view(Count, -1).sum(1).MoveToOuterDisposeScope(), [.. all.Select(g => g.MoveToOuterDisposeScope())]);
    }

    /// <summary>One model's weights as they lie in the memory, which they share; the caller disposes them.</summary>
    /// <param name="run">Index of the model from 0.</param>
    public IReadOnlyDictionary<string, Tensor> OfRun(int run)
    {
        using IDisposable noGradient = no_grad();
        return new OrderedDictionary<string, Tensor>(
            weights.Select(w => KeyValuePair.Create(w.Key, w.Value.detach().select(0, run).DetachFromDisposeScope())), StringComparer.Ordinal);
    }

    /// <summary>Overwrites one model's weights, converting their type.</summary>
    public void CopyFrom(int run, ParameterSet parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach (string name in weights.Keys)
            AsInCheckpoint(run, name).copy_(parameters[name]);
    }

    /// <summary>Overwrites a model's weights with those of one in the stack, converting their type.</summary>
    public void CopyTo(int run, ParameterSet parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (string name in weights.Keys)
            parameters.Set(name, AsInCheckpoint(run, name));
    }

    /// <summary>Where the members of a region lie in the memory of each of a model's weights, in the caller's dispose scope.</summary>
    /// <exception cref="Files.InputException">The region is another model's.</exception>
    public Dictionary<string, Tensor> Where(Region region)
    {
        RegionFit.Check(region, config);
        Dictionary<string, Tensor> where = new(StringComparer.Ordinal);
        foreach ((string name, RegionPart part) in region.Parts.Where(p => p.Value.Mask.Count > 0))
        {
            IEnumerable<long> members = part.Mask.Members();
            if (IsTransposed(layout.RoleOf(name), part.Shape.Length))
                members = members.Select(i => (i % part.Shape[1] * part.Shape[0]) + (i / part.Shape[1])).Order();
            where[name] = tensor(members.ToArray(), ScalarType.Int64).to(weights[name].device);
        }

        return where;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor weight in weights.Values)
            weight.Dispose();
        rotary.Dispose();
    }

    private Tensor Embedding => weights[layout.Name(WeightRole.Embedding)];

    private static bool IsTransposed(WeightRole role, int dimensions) => dimensions == 2 && role is not (WeightRole.Embedding or WeightRole.Head);

    private Tensor AsInCheckpoint(int run, string name)
    {
        Tensor held = weights[name].detach().select(0, run);
        return IsTransposed(layout.RoleOf(name), (int)held.dim()) ? held.t() : held;
    }

    // The models' vocabularies lie one behind the other.
    private Tensor Rows(Tensor tokens_NT)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor first_R1 = tensor([.. Enumerable.Range(0, Count).Select(run => (long)run * config.VocabularySize)], ScalarType.Int64, tokens_NT.device).unsqueeze(1);
        return tokens_NT.view(Count, -1).Plus(first_R1).flatten().MoveToOuterDisposeScope();
    }

    private Tensor Through(Tensor embedded_NTD)
    {
        RotaryAngles angles = rotary.First(embedded_NTD.shape[1]);
        Tensor hidden_NTD = blocks.Aggregate(EmbeddingFactor.Apply(embedded_NTD, config), (hidden, block) => block.Forward(hidden, angles));
        return RmsNorm.Apply(hidden_NTD, weights[layout.Name(WeightRole.FinalNorm)], config.RmsNormEpsilon);
    }

    private Dictionary<WeightRole, Tensor> OfLayer(int layer) => layout.Weights.Where(w => w.Layer == layer).ToDictionary(w => w.Role, w => weights[w.Name]);
}
