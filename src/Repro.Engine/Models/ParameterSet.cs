using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>The weights of a model by name, in the order of the network.</summary>
public sealed class ParameterSet : IReadOnlyDictionary<string, Parameter>, IDisposable
{
    /// <summary>Name of the token embedding.</summary>
    public const string Embedding = "model.embed_tokens.weight";

    /// <summary>Name of the norm behind the last block.</summary>
    public const string FinalNorm = "model.norm.weight";

    /// <summary>Name of the output head, where it is not the embedding.</summary>
    public const string OutputHead = "lm_head.weight";

    private const string Blocks = "model.layers.";

    private readonly OrderedDictionary<string, Parameter> parameters = new(StringComparer.Ordinal);

    private ParameterSet()
    {
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

        yield return (Embedding, [config.VocabularySize, width]);
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            string prefix = Prefix(layer);
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

        yield return (FinalNorm, [width]);
        if (!config.TieWordEmbeddings)
            yield return (OutputHead, [config.VocabularySize, width]);
    }

    /// <summary>The shape of one weight, or null where the model has none of that name.</summary>
    public static long[]? ShapeOf(LlamaConfig config, string name) => Shapes(config).Where(s => s.Name == name).Select(s => s.Shape).FirstOrDefault();

    /// <summary>Whether a weight belongs to a block; embeddings, the final norm and the output head do not (Section 3.2).</summary>
    public static bool IsInBlock(string name) => name.Contains("layers.", StringComparison.Ordinal);

    /// <summary>What the names of a block's weights begin with.</summary>
    /// <param name="layer">Index from 0.</param>
    public static string Prefix(int layer) => string.Create(CultureInfo.InvariantCulture, $"{Blocks}{layer}.");

    /// <summary>The block a weight belongs to, or null for a weight outside the blocks.</summary>
    public static int? LayerOf(string name)
    {
        if (!name.StartsWith(Blocks, StringComparison.Ordinal))
            return null;
        ReadOnlySpan<char> rest = name.AsSpan(Blocks.Length);
        return int.Parse(rest[..rest.IndexOf('.')], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Zero weights of the right shapes, each on its device.</summary>
    internal static ParameterSet Zeros(LlamaConfig config, ScalarType type, DeviceMap devices, Func<string, bool> isHeld)
    {
        ParameterSet set = new();
        foreach ((string name, long[] shape) in Shapes(config).Where(s => isHeld(s.Name)))
        {
            Parameter parameter = new(zeros(shape, dtype: type, device: devices.Of(config, name)), requires_grad: true);
            set.parameters.Add(name, (Parameter)parameter.DetachFromDisposeScope());
        }

        return set;
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

    /// <summary>The weights as plain tensors, in their order.</summary>
    internal IReadOnlyDictionary<string, Tensor> Weights() =>
        new OrderedDictionary<string, Tensor>(parameters.Select(p => KeyValuePair.Create(p.Key, (Tensor)p.Value)), StringComparer.Ordinal);

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
