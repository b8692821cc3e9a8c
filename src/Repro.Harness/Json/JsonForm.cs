using System.Text.Encodings.Web;
using System.Text.Json;

namespace Repro.Harness.Json;

/// <summary>The form of the project's JSON files: written for people to read, and read as strictly as their types are declared.</summary>
public static class JsonForm
{
    /// <summary>The settings; a file that needs more copies them.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        TypeInfoResolver = WholeValues.Resolver,
    };
}
