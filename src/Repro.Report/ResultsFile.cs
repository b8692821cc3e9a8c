using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Repro.Engine.Files;
using Repro.Paper.Json;

namespace Repro.Report;

/// <summary><c>results.json</c>: what a run says, for other programs and for writing its report again.</summary>
public static class ResultsFile
{
    /// <summary>Its name in a report's folder.</summary>
    public const string Name = "results.json";

    private const string SchemaResource = "Repro.Report.results.schema.json";

    private static readonly JsonSerializerOptions Options = new(JsonForm.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // A model that explodes may lose every number.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WhatMayBeNullMayBeLeftOut, WholeValues.Check } },
    };

    /// <summary>Its JSON Schema (draft 2020-12), as text.</summary>
    public static string Schema()
    {
        using StreamReader reader = new(typeof(ResultsFile).Assembly.GetManifestResourceStream(SchemaResource)!);
        return reader.ReadToEnd();
    }

    /// <summary>The results as JSON.</summary>
    public static string ToJson(Results results) => JsonSerializer.Serialize(results, Options) + "\n";

    /// <summary>Reads results.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is missing, damaged, or of another version.</exception>
    public static Results Read(string path)
    {
        const long most = 256 << 20;
        string again = "write it again with 'repro verify --out' or 'repro audit --out'";
        try
        {
            string json = InputFile.ReadText(path, most);
            using JsonDocument document = JsonDocument.Parse(json);
            if (SchemaOf(document.RootElement) is not Results.CurrentSchema and { } other)
                throw new InputException($"{path} is of the form '{other}', and this version reads '{Results.CurrentSchema}'; {again}.");
            if (Empty(document.RootElement, "$") is { } place)
                throw new InputException($"{path} holds nothing (null) at {place}; {again}.");
            return JsonSerializer.Deserialize<Results>(json, Options) ?? throw new InputException($"{path} holds no results; {again}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"{path} holds no results ({OneLine(e.Message)}); {again}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} can't be read ({OneLine(e.Message)}); {again}.", e);
        }
    }

    private static string? SchemaOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out JsonElement schema) && schema.ValueKind == JsonValueKind.String ? schema.GetString() : null;

    // Nothing that is written is null, and no page expects it of an element of a list.
    private static string? Empty(JsonElement element, string place) => element.ValueKind switch
    {
        JsonValueKind.Null => place,
        JsonValueKind.Object => element.EnumerateObject().Select(p => Empty(p.Value, $"{place}.{p.Name}")).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => element.EnumerateArray().Select((item, i) => Empty(item, string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"))).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static void WhatMayBeNullMayBeLeftOut(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(p => p.IsSetNullable))
            property.IsRequired = false;
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
