using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Checkpoints;

/// <summary>The fields of a <c>config.json</c> that let attention slide over a window.</summary>
internal static class WindowFields
{
    // What Hugging Face's classes take where the field is missing; null means no window.
    private const int DefaultWindow = 4096;
    private const string Sliding = "sliding_attention";

    public static SlidingWindow? Read(ConfigFields fields, Architecture architecture, int layers, int positions)
    {
        if (architecture == Architecture.Llama || (architecture == Architecture.Qwen2 && !fields.Flag("use_sliding_window")))
            return null;
        int? length = fields.Has("sliding_window") && fields.Optional("sliding_window") is null ? null : fields.Whole("sliding_window", DefaultWindow);
        int first = architecture == Architecture.Mistral ? 0 : FirstLayer(fields, layers);
        return length is { } window && first < layers ? new SlidingWindow(window, first, positions) : null;
    }

    public static void Write(Utf8JsonWriter json, LlamaConfig config)
    {
        if (config.Architecture == Architecture.Llama)
            return;
        if (config.SlidingWindow is { } window)
            json.WriteNumber("sliding_window", window.Length);
        else
            json.WriteNull("sliding_window");
        if (config.Architecture != Architecture.Qwen2)
            return;
        json.WriteBoolean("use_sliding_window", config.SlidingWindow is not null);
        json.WriteNumber("max_window_layers", config.SlidingWindow?.FirstLayer ?? config.LayerCount);
    }

    // Despite its name, max_window_layers counts the layers at the bottom that have no window; a list of the layers' types overrides it.
    private static int FirstLayer(ConfigFields fields, int layers)
    {
        if (fields.List("layer_types") is not { } types)
            return fields.Whole("max_window_layers", minimum: 0);
        string[] names = [.. types.Select(t => t.ToString())];
        if (names.FirstOrDefault(n => n is not (Sliding or "full_attention")) is { } other)
            throw new InputException($"{fields.Path} has layers of type '{other}' (layer_types), which are not supported; use a checkpoint with full or sliding attention.");
        int first = Array.IndexOf(names, Sliding);
        return first < 0 ? layers : first;
    }
}
