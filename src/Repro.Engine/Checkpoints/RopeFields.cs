using System.Text.Json.Nodes;
using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Checkpoints;

/// <summary>
/// The fields of a <c>config.json</c> that set the rotary embedding: <c>rope_theta</c> and <c>rope_scaling</c>, or the newer
/// <c>rope_parameters</c>, which holds both.
/// </summary>
internal static class RopeFields
{
    private const string Stretched = "llama3";

    public static (double Theta, RopeScaling? Scaling) Read(ConfigFields fields, double defaultTheta)
    {
        if (fields.Object("rope_scaling") is not null && fields.Object("rope_parameters") is not null)
            throw new InputException($"{fields.Path} has both rope_scaling and rope_parameters; keep the one that the checkpoint was made with.");
        ConfigFields? rope = fields.Object("rope_scaling") ?? fields.Object("rope_parameters");
        double theta = rope?.Optional("rope_theta") is null ? fields.Positive("rope_theta", defaultTheta) : rope.Positive("rope_theta");
        foreach (ConfigFields place in new[] { fields, rope }.OfType<ConfigFields>())
        {
            if (place.Positive("partial_rotary_factor", 1) is not 1)
                throw new InputException($"{fields.Path} rotates only a part of each head (partial_rotary_factor), which is not supported; use a checkpoint that rotates all of it.");
        }

        return (theta, rope is null ? null : Scaling(rope));
    }

    /// <summary>What <c>rope_scaling</c> says of a configuration.</summary>
    public static JsonNode? Scaling(LlamaConfig config) => config.RopeScaling is { } scaling
        ? new JsonObject
        {
            ["factor"] = scaling.Factor,
            ["high_freq_factor"] = scaling.HighFrequencyFactor,
            ["low_freq_factor"] = scaling.LowFrequencyFactor,
            ["original_max_position_embeddings"] = scaling.OriginalPositions,
            ["rope_type"] = Stretched,
        }
        : null;

    private static RopeScaling? Scaling(ConfigFields rope)
    {
        string type = rope.Text("rope_type") ?? rope.Text("type") ?? throw rope.Missing("rope_type");
        if (type == "default")
            return null;
        if (type != Stretched)
            throw new InputException($"{rope.Path} asks for rope_scaling of type '{type}', which is not supported; use a checkpoint without it or with type '{Stretched}'.");
        RopeScaling scaling = new(
            rope.Positive("factor"), rope.Positive("low_freq_factor"), rope.Positive("high_freq_factor"), rope.Whole("original_max_position_embeddings"));
        return scaling.HighFrequencyFactor > scaling.LowFrequencyFactor
            ? scaling
            : throw new InputException($"{rope.Path}: high_freq_factor of rope_scaling must be above low_freq_factor.");
    }
}
