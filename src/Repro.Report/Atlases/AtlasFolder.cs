using System.Text.Json;
using System.Text.Json.Serialization;
using Repro.Engine.Files;
using Repro.Harness.Json;
using Repro.Harness.Atlases;

namespace Repro.Report.Atlases;

/// <summary>The folder that an atlas is written to.</summary>
public static class AtlasFolder
{
    /// <summary>Name of the page.</summary>
    public const string PageName = "index.html";

    /// <summary>Name of the numbers.</summary>
    public const string JsonName = "atlas.json";

    private static readonly JsonSerializerOptions Options = new(JsonForm.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Writes <c>atlas.json</c> and <c>index.html</c>, each in one move.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="atlas">The atlas.</param>
    public static void Write(string folder, Atlas atlas)
    {
        AtomicFile.WriteText(Path.Combine(folder, JsonName), ToJson(atlas));
        AtomicFile.WriteText(Path.Combine(folder, PageName), AtlasPage.Of(atlas));
    }

    /// <summary>The atlas as JSON; a number that is infinite or none is written as its name.</summary>
    public static string ToJson(Atlas atlas) => JsonSerializer.Serialize(atlas, Options) + "\n";
}
