using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>A decoder of the LLaMA family: what its checkpoints are called, what their weights are called, and which fields of <c>config.json</c> are its own.</summary>
/// <remarks>Computed members only: two of a kind are equal.</remarks>
public abstract record Architecture
{
    /// <summary>Hugging Face's class.</summary>
    public abstract string HuggingFaceClass { get; }

    /// <summary>Hugging Face's <c>model_type</c>.</summary>
    public abstract string ModelType { get; }

    /// <summary>Another spelling of the class, in old checkpoints.</summary>
    internal virtual string? OldClass => null;

    /// <summary>Its weights, in the order of the network.</summary>
    internal abstract IReadOnlyList<WeightSpec> Weights { get; }

    /// <summary>The tensors in which its checkpoints hold several weights; each other weight is a tensor of its name.</summary>
    internal virtual IReadOnlyList<FusedSpec> Fused => [];

    /// <summary>What is added to a stored weight to make the one in memory, so that a norm's weight is always the factor it multiplies by.</summary>
    internal virtual double StoredShift(WeightRole role) => 0;

    /// <summary>The type a weight is held in.</summary>
    /// <param name="role">What it does.</param>
    /// <param name="type">The type the model is held in.</param>
    internal virtual ScalarType HeldType(WeightRole role, ScalarType type) => type;

    /// <summary>What the embedded tokens are multiplied by.</summary>
    internal virtual double EmbeddingFactor(LlamaConfig config) => 1;

    /// <summary>The nonlinearity of the feed-forward layer's gate.</summary>
    internal virtual GateActivation Activation => GateActivation.Silu;

    /// <summary>The field that names it.</summary>
    internal virtual string ActivationField => "hidden_act";

    /// <summary>The biases that its <c>config.json</c> can ask for.</summary>
    internal abstract IReadOnlyList<AttentionBias> Biases { get; }

    /// <summary>The tokens that begin and end a text where <c>config.json</c> says nothing, or null for none.</summary>
    internal virtual (int Bos, int Eos)? DefaultTokens => (1, 2);

    /// <summary>The head size where <c>config.json</c> says nothing; null is the width divided by the heads.</summary>
    internal virtual int? DefaultHeadSize => null;

    /// <summary>The key-value heads where <c>config.json</c> says nothing; null where it must say.</summary>
    internal virtual int? DefaultKeyValueHeads(int heads) => null;

    /// <summary>The base of the rotary wavelengths where <c>config.json</c> says nothing.</summary>
    internal virtual double DefaultRopeTheta => 10_000;

    /// <summary>Whether the output head is the embedding where <c>config.json</c> says nothing.</summary>
    internal virtual bool DefaultTied => false;

    /// <summary>Reads its own fields.</summary>
    /// <param name="fields">The file.</param>
    /// <param name="common">What the fields of all architectures say.</param>
    /// <exception cref="Files.InputException">The file asks for what the engine does not compute.</exception>
    internal abstract LlamaConfig Read(ConfigFields fields, LlamaConfig common);

    /// <summary>Adds its own fields.</summary>
    internal abstract void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config);

    /// <inheritdoc/>
    public sealed override string ToString() => HuggingFaceClass;
}
