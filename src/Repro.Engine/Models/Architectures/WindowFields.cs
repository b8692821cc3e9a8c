using System.Text.Json.Nodes;
using Repro.Engine.Files;

namespace Repro.Engine.Models.Architectures;

/// <summary>The fields of a <c>config.json</c> that let attention slide over a window.</summary>
internal static class WindowFields
{
    // What Hugging Face's classes take where the field is missing; null means no window.
    private const int DefaultWindow = 4096;
    private const string Length = "sliding_window";
    private const string Switch = "use_sliding_window";
    private const string FullLayers = "max_window_layers";
    private const string Sliding = "sliding_attention";

    /// <summary>A configuration with the window that the file gives to the layers from one on, whose length bounds its positions.</summary>
    public static LlamaConfig Read(ConfigFields fields, LlamaConfig config, int firstLayer = 0) =>
        Apply(fields.Has(Length) && fields.Optional(Length) is null ? null : fields.Whole(Length, DefaultWindow), config, firstLayer);

    /// <summary>The same where a missing field means no window.</summary>
    public static LlamaConfig ReadStated(ConfigFields fields, LlamaConfig config) =>
        Apply(fields.Optional(Length) is null ? null : fields.Whole(Length), config, firstLayer: 0);

    /// <summary>The same where the window has a switch too.</summary>
    public static LlamaConfig ReadStatedAndSwitched(ConfigFields fields, LlamaConfig config) => fields.Flag(Switch) ? ReadStated(fields, config) : config;

    /// <summary>The same where the window has a switch, as Qwen's, and may begin above some layers.</summary>
    public static LlamaConfig ReadSwitched(ConfigFields fields, LlamaConfig config) =>
        fields.Flag(Switch) ? Read(fields, config, FirstLayer(fields, config.LayerCount)) : config;

    public static void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config) => fields[Length] = config.SlidingWindow?.Length;

    public static void WriteSwitched(IDictionary<string, JsonNode?> fields, LlamaConfig config)
    {
        WriteWithSwitch(fields, config);
        fields[FullLayers] = config.SlidingWindow?.FirstLayer ?? config.LayerCount;
    }

    public static void WriteWithSwitch(IDictionary<string, JsonNode?> fields, LlamaConfig config)
    {
        Write(fields, config);
        fields[Switch] = config.SlidingWindow is not null;
    }

    // Despite its name, max_window_layers counts the layers at the bottom that have no window; a list of the layers' types overrides it.
    private static int FirstLayer(ConfigFields fields, int layers)
    {
        if (fields.List("layer_types") is not { } types)
            return fields.Whole(FullLayers, minimum: 0);
        string[] names = [.. types.Select(t => t.ToString())];
        if (names.FirstOrDefault(n => n is not (Sliding or "full_attention")) is { } other)
            throw new InputException($"{fields.Path} has layers of type '{other}' (layer_types), which are not supported; use a checkpoint with full or sliding attention.");
        int first = Array.IndexOf(names, Sliding);
        return first < 0 ? layers : first;
    }

    private static LlamaConfig Apply(int? length, LlamaConfig config, int firstLayer) => length is { } window && firstLayer < config.LayerCount
        ? config with { SlidingWindow = new SlidingWindow(window, firstLayer, config.MaxPositions), MaxPositions = Math.Min(config.MaxPositions, window) }
        : config;
}
