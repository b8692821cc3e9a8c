using System.Text.Json.Nodes;

namespace Repro.Engine.Models.Architectures;

/// <summary>The field <c>attention_bias</c>, which asks for biases on all four projections of attention.</summary>
internal static class BiasField
{
    private const string Name = "attention_bias";

    public static AttentionBias Read(ConfigFields fields) => fields.Flag(Name) ? AttentionBias.QueryKeyValueOutput : AttentionBias.None;

    public static void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config) => fields[Name] = config.AttentionBias == AttentionBias.QueryKeyValueOutput;
}
