using System.Collections;
using System.Diagnostics.CodeAnalysis;
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

    /// <inheritdoc/>
    public int Count => parameters.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => parameters.Keys;

    /// <inheritdoc/>
    public IEnumerable<Parameter> Values => parameters.Values;

    /// <inheritdoc/>
    public Parameter this[string key] => parameters[key];

    /// <summary>Names and shapes of a model's weights, in the order of the network.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Shapes(LlamaConfig config) => ModelLayout.Of(config).Weights.Select(w => (w.Name, w.Shape));

    /// <summary>The shape of one weight, or null where the model has none of that name.</summary>
    public static long[]? ShapeOf(LlamaConfig config, string name) => ModelLayout.Of(config).ShapeOf(name);

    /// <summary>Zero weights of the right shapes, each on its device.</summary>
    internal static ParameterSet Zeros(LlamaConfig config, ScalarType type, DeviceMap devices, Func<LayoutWeight, bool> isHeld)
    {
        ParameterSet set = new();
        foreach (LayoutWeight weight in ModelLayout.Of(config).Weights.Where(isHeld))
        {
            Parameter parameter = new(zeros(weight.Shape, dtype: config.Architecture.HeldType(weight.Role, type), device: devices.Of(config, weight.Name)), requires_grad: true);
            set.parameters.Add(weight.Name, (Parameter)parameter.DetachFromDisposeScope());
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
