using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>The weights of a model by name, in the order of the network.</summary>
public sealed class ParameterSet : IReadOnlyDictionary<string, Parameter>, IDisposable
{
    private readonly OrderedDictionary<string, Parameter> parameters = new(StringComparer.Ordinal);

    private ParameterSet()
    {
    }

    /// <summary>A copy of one weight tensor's values, row-major.</summary>
    public double[] ValuesOf(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. parameters[name].detach().flatten().to(ScalarType.Float64).cpu().data<double>()];
    }

    /// <inheritdoc/>
    public int Count => parameters.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => parameters.Keys;

    /// <inheritdoc/>
    public IEnumerable<Parameter> Values => parameters.Values;

    /// <inheritdoc/>
    public Parameter this[string key] => parameters[key];

    /// <summary>Names and shapes of a model's weights, in the order of the network.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Shapes(LlamaConfig config)
    {
        long query = (long)config.HeadCount * config.HeadSize;
        long keyValue = (long)config.KeyValueHeadCount * config.HeadSize;
        long width = config.HiddenSize;
        long inner = config.IntermediateSize;
        bool biased = config.AttentionBias != AttentionBias.None;

        yield return ("model.embed_tokens.weight", [config.VocabularySize, width]);
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            string prefix = $"model.layers.{layer}.";
            yield return (prefix + "input_layernorm.weight", [width]);
            yield return (prefix + "self_attn.q_proj.weight", [query, width]);
            if (biased)
                yield return (prefix + "self_attn.q_proj.bias", [query]);
            yield return (prefix + "self_attn.k_proj.weight", [keyValue, width]);
            if (biased)
                yield return (prefix + "self_attn.k_proj.bias", [keyValue]);
            yield return (prefix + "self_attn.v_proj.weight", [keyValue, width]);
            if (biased)
                yield return (prefix + "self_attn.v_proj.bias", [keyValue]);
            yield return (prefix + "self_attn.o_proj.weight", [width, query]);
            if (config.AttentionBias == AttentionBias.QueryKeyValueOutput)
                yield return (prefix + "self_attn.o_proj.bias", [width]);
            yield return (prefix + "post_attention_layernorm.weight", [width]);
            yield return (prefix + "mlp.gate_proj.weight", [inner, width]);
            yield return (prefix + "mlp.up_proj.weight", [inner, width]);
            yield return (prefix + "mlp.down_proj.weight", [width, inner]);
        }

        yield return ("model.norm.weight", [width]);
        if (!config.TieWordEmbeddings)
            yield return ("lm_head.weight", [config.VocabularySize, width]);
    }

    /// <summary>Whether a weight belongs to a block; embeddings, the final norm and the output head do not (Section 3.2).</summary>
    public static bool IsInBlock(string name) => name.Contains("layers.", StringComparison.Ordinal);

    /// <summary>Zero weights of the right shapes.</summary>
    internal static ParameterSet Zeros(LlamaConfig config, ScalarType type, Device device)
    {
        ParameterSet set = new();
        foreach ((string name, long[] shape) in Shapes(config))
        {
            Parameter parameter = new(zeros(shape, dtype: type, device: device), requires_grad: true);
            set.parameters.Add(name, (Parameter)parameter.DetachFromDisposeScope());
        }

        return set;
    }

    /// <summary>The weights of one block, by their name inside the block.</summary>
    /// <param name="layer">Index from 0.</param>
    public IReadOnlyDictionary<string, Parameter> OfLayer(int layer)
    {
        string prefix = $"model.layers.{layer}.";
        return parameters.Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(p => p.Key[prefix.Length..], p => p.Value);
    }

    /// <summary>Overwrites one weight tensor with values of the same shape, converting their type.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Set(string name, Tensor values)
    {
        Parameter target = parameters[name];
        if (!target.shape.SequenceEqual(values.shape))
            throw new ArgumentException($"{name} has shape [{string.Join(", ", target.shape)}], not [{string.Join(", ", values.shape)}].", nameof(values));
        using IDisposable noGradient = no_grad();
        target.copy_(values);
    }

    /// <summary>Overwrites every weight with another set's, converting their type.</summary>
    public void SetAll(ParameterSet other)
    {
        foreach (string name in Keys)
            Set(name, other[name]);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => parameters.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => parameters.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Parameter>> GetEnumerator() => parameters.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Parameter parameter in parameters.Values)
            parameter.Dispose();
    }
}
