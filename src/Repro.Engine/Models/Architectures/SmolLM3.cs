using System.Text.Json.Nodes;

namespace Repro.Engine.Models.Architectures;

/// <summary>SmolLM3: as LLaMA, with layers whose queries and keys are not rotated.</summary>
public sealed record SmolLM3 : Architecture
{
    // 1 where a layer rotates, 0 where it does not, whatever the name says.
    private const string Rotated = "no_rope_layers";
    private const string Interval = "no_rope_layer_interval";
    private const int DefaultInterval = 4;

    /// <inheritdoc/>
    public override string HuggingFaceClass => "SmolLM3ForCausalLM";

    /// <inheritdoc/>
    public override string ModelType => "smollm3";

    internal override IReadOnlyList<WeightSpec> Weights => DecoderWeights.All;

    internal override IReadOnlyList<AttentionBias> Biases => [AttentionBias.None, AttentionBias.QueryKeyValueOutput];

    internal override (int Bos, int Eos)? DefaultTokens => (128_000, 128_001);

    internal override double DefaultRopeTheta => 2_000_000;

    internal override bool DefaultTied => true;

    internal override LlamaConfig Read(ConfigFields fields, LlamaConfig common)
    {
        BiasField.RefuseFeedForward(fields);
        int[] unrotated = [.. Enumerable.Range(0, common.LayerCount).Where(Without(fields, common.LayerCount))];
        return WindowFields.ReadStatedAndSwitched(fields, common) with { AttentionBias = BiasField.Read(fields), UnrotatedLayers = new ValueList<int>(unrotated) };
    }

    internal override void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config)
    {
        BiasField.Write(fields, config);
        BiasField.WriteFeedForward(fields);
        WindowFields.WriteWithSwitch(fields, config);
        fields[Rotated] = new JsonArray([.. Enumerable.Range(0, config.LayerCount).Select(layer => (JsonNode)(config.UnrotatedLayers.Contains(layer) ? 0 : 1))]);
    }

    private static Func<int, bool> Without(ConfigFields fields, int layers)
    {
        if (fields.List(Rotated) is not { } stated)
        {
            int interval = fields.Whole(Interval, DefaultInterval);
            return layer => (layer + 1) % interval == 0;
        }

        if (stated.Length < layers)
            throw new Files.InputException($"{fields.Path}: {Rotated} has {stated.Length} entries for {layers} layers; restore the checkpoint's config.json.");
        int[] rotated = [.. stated.Select(entry => fields.Whole(Rotated, entry, minimum: 0))];
        return layer => rotated[layer] == 0;
    }
}
