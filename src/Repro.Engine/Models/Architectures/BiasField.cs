using System.Text.Json.Nodes;
using Repro.Engine.Files;

namespace Repro.Engine.Models.Architectures;

/// <summary>The fields <c>attention_bias</c>, which asks for biases on all four projections of attention, and <c>mlp_bias</c>, which asks for those that are not supported.</summary>
internal static class BiasField
{
    private const string Name = "attention_bias";
    private const string FeedForward = "mlp_bias";

    public static AttentionBias Read(ConfigFields fields) => fields.Flag(Name) ? AttentionBias.QueryKeyValueOutput : AttentionBias.None;

    public static void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config) => fields[Name] = config.AttentionBias == AttentionBias.QueryKeyValueOutput;

    /// <summary>Refuses biases in the feed-forward layer.</summary>
    public static void RefuseFeedForward(ConfigFields fields)
    {
        if (fields.Flag(FeedForward))
            throw new InputException($"{fields.Path} asks for biases in the feed-forward layer ({FeedForward}), which are not supported; use a checkpoint without them.");
    }

    /// <summary>Says that there are none in the feed-forward layer.</summary>
    public static void WriteFeedForward(IDictionary<string, JsonNode?> fields) => fields[FeedForward] = false;
}
