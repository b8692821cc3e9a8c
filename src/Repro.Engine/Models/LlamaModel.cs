// B batch · T tokens · D width · V vocabulary · H heads · K key-value heads · S head size · F feed-forward width
using Repro.Engine.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>
/// The LLaMA decoder: token embedding, blocks of attention and feed-forward in a residual stream, final norm, output head.
/// </summary>
/// <remarks>
/// Source: Touvron et al., 2023; parameter names as in Hugging Face's <c>LlamaForCausalLM</c>. The blocks' weights are resident, or they are streamed:
/// they stay in the checkpoint's files and come to the device block by block.
/// </remarks>
public sealed class LlamaModel : IDisposable
{
    private readonly Dictionary<string, RotaryEmbedding> rotary = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<BlockLease> resident;
    private readonly StreamedBlocks? streamed;
    private readonly string embedding;
    private readonly string finalNorm;
    private readonly string head;

    /// <summary>Creates a model whose weights are zero, to be loaded or initialised.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weightType">Type of its weights.</param>
    /// <param name="device">Where its weights are.</param>
    public LlamaModel(LlamaConfig config, ScalarType weightType, Device device)
        : this(config, weightType, new DeviceMap([device], config.LayerCount))
    {
    }

    /// <summary>Creates a model whose weights are zero, spread over devices.</summary>
    /// <inheritdoc cref="LlamaModel(LlamaConfig, ScalarType, Device)"/>
    public LlamaModel(LlamaConfig config, ScalarType weightType, DeviceMap devices)
        : this(config, weightType, devices, null)
    {
        resident =
        [
            .. Enumerable.Range(0, config.LayerCount).Select(layer => Lease(
                layer, Parameters.Where(p => Layout.LayerOf(p.Key) == layer).ToDictionary(p => p.Key, p => (Tensor)p.Value, StringComparer.Ordinal), isOwner: false)),
        ];
    }

    /// <summary>Creates a model whose blocks are streamed from a source, which the model then owns; its other weights are zero, to be loaded.</summary>
    internal LlamaModel(LlamaConfig config, ScalarType weightType, DeviceMap devices, IWeightSource? source)
    {
        LibTorch.EnsureLoaded();
        Config = config;
        Layout = ModelLayout.Of(config);
        (embedding, finalNorm, head) = (Layout.Name(WeightRole.Embedding), Layout.Name(WeightRole.FinalNorm), Layout.Name(WeightRole.Head));
        Devices = devices;
        WeightType = weightType;
        Parameters = ParameterSet.Zeros(config, weightType, devices, weight => source is null || weight.Layer is null);
        streamed = source is null ? null : new StreamedBlocks(config, weightType, devices, source);
        resident = [];
        foreach (Device device in devices.All.DistinctBy(d => d.ToString()))
            rotary[device.ToString()] = new RotaryEmbedding(config, device, weightType);
    }

    /// <summary>The shape.</summary>
    public LlamaConfig Config { get; }

    /// <summary>Its weights, by what they do.</summary>
    public ModelLayout Layout { get; }

    /// <summary>Where its parts are.</summary>
    public DeviceMap Devices { get; }

    /// <summary>Type of the weights, but for those that an architecture holds in a wider one.</summary>
    public ScalarType WeightType { get; }

    /// <summary>The resident weights by name: all of them, or all but the blocks'.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Whether the blocks' weights come from the checkpoint's files block by block.</summary>
    public bool IsStreamed => streamed is not null;

    /// <summary>Whether streamed blocks are edited when they are brought.</summary>
    public bool EditsStreamedBlocks => streamed?.HasEdits == true;

    /// <summary>Where tokens go in.</summary>
    public Device Device => Devices.First;

    /// <summary>The embedding, [V, D].</summary>
    internal Tensor Embedding_VD => Parameters[embedding];

    /// <summary>The output head, [V, D]; the embedding where they are tied.</summary>
    internal Tensor Head_VD => Parameters[head];

    /// <summary>Next-token scores.</summary>
    /// <param name="tokens_BT">Token ids, int64, padded on the right.</param>
    /// <returns>Logits [B, T, V] in the weights' type.</returns>
    public Tensor Forward(Tensor tokens_BT)
    {
        using DisposeScope scope = NewDisposeScope();
        return Logits(Through(Embed(tokens_BT), 0, Config.LayerCount)).MoveToOuterDisposeScope();
    }

    /// <summary>The residual stream after some blocks, [B, T, D].</summary>
    /// <param name="hidden_BTD">The residual stream before them.</param>
    /// <param name="from">The first of the blocks.</param>
    /// <param name="to">The block after the last; with none between, the stream itself.</param>
    /// <param name="read">What was read before these tokens, to which they are added: T is then 1, unless nothing was. Null where they begin the text.</param>
    public Tensor Through(Tensor hidden_BTD, int from, int to, KeyValueCache? read = null)
    {
        for (int layer = from; layer < to; layer++)
        {
            using DisposeScope step = NewDisposeScope();
            using BlockLease block = Take(layer, layer + 1);
            hidden_BTD = block.Forward(hidden_BTD, read).MoveToOuterDisposeScope();
        }

        return hidden_BTD;
    }

    /// <summary>A block with its weights at hand.</summary>
    /// <param name="layer">Index from 0.</param>
    /// <param name="next">The block that will be asked for after it, so that it can be brought meanwhile.</param>
    public BlockLease Take(int layer, int next) => streamed is null ? resident[layer] : Lease(layer, streamed.Take(layer, next), isOwner: true);

    /// <summary>The residual stream before the first block, [B, T, D].</summary>
    public Tensor Embed(Tensor tokens_BT) =>
        EmbeddingFactor.Apply(Embedding_VD.index_select(0, tokens_BT.flatten()).view(tokens_BT.shape[0], tokens_BT.shape[1], Config.HiddenSize), Config);

    /// <summary>Final norm and output head: [B, T, D] to [B, T, V].</summary>
    public Tensor Logits(Tensor hidden_BTD) => SoftCap.Apply(nn.functional.linear(Normed(hidden_BTD), Head_VD), Config.FinalSoftCap);

    /// <summary>The final norm, [B, T, D], on the output head's device.</summary>
    internal Tensor Normed(Tensor hidden_BTD) => RmsNorm.Apply(hidden_BTD.to(Devices.Last), Parameters[finalNorm], Config.RmsNormEpsilon).to(Head_VD.device);

    /// <summary>One weight tensor as it is now: the parameter itself, or a copy in the caller's dispose scope where it is streamed.</summary>
    public Tensor Weight(string name) => Parameters.TryGetValue(name, out Parameter? parameter) || streamed is null ? parameter ?? Parameters[name] : streamed.Read(name);

    /// <summary>Some values of a weight tensor.</summary>
    /// <param name="name">The weight.</param>
    /// <param name="indices">Their row-major indices.</param>
    public double[] ValuesAt(string name, long[] indices)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = Weight(name).detach();
        return [.. weight.view(-1).index_select(0, tensor(indices, ScalarType.Int64).to(weight.device)).to(ScalarType.Float64).cpu().data<double>()];
    }

    /// <summary>Overwrites some elements of a weight until the returned scope is left, which restores them bit for bit.</summary>
    internal IDisposable Overwrite(string name, WeightEdit edit) =>
        Parameters.TryGetValue(name, out Parameter? parameter) || streamed is null ? new Overwritten(parameter ?? Parameters[name], edit) : streamed.Edit(name, edit);

    /// <inheritdoc/>
    public void Dispose()
    {
        streamed?.Dispose();
        Parameters.Dispose();
        foreach (RotaryEmbedding angles in rotary.Values)
            angles.Dispose();
    }

    private BlockLease Lease(int layer, IReadOnlyDictionary<string, Tensor> weights, bool isOwner)
    {
        Device device = Devices.OfLayer(layer);
        LlamaBlock block = new(Config, layer, weights.ToDictionary(w => Layout.RoleOf(w.Key), w => w.Value));
        return new BlockLease(block, layer, weights, rotary[device.ToString()], device, isOwner);
    }

    private sealed class Overwritten(Parameter weight, WeightEdit edit) : IDisposable
    {
        private readonly Tensor old = edit.Apply(weight);

        public void Dispose()
        {
            edit.Restore(weight, old);
            old.Dispose();
        }
    }
}
