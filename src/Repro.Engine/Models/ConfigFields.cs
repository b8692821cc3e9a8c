using System.Text.Json;
using Repro.Engine.Files;

namespace Repro.Engine.Models;

/// <summary>Typed access to the fields of a <c>config.json</c> or of an object inside it; every complaint names the file and the field.</summary>
/// <param name="path">The file.</param>
/// <param name="element">The object.</param>
/// <param name="within">Name of the object inside the file, with its dot; empty for the file itself.</param>
internal sealed class ConfigFields(string path, JsonElement element, string within = "")
{
    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Whether the field is there, be it null.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>The field's value; null where it is missing or null.</summary>
    public JsonElement? Optional(string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>An object inside this one; null where it is missing or null.</summary>
    public ConfigFields? Object(string name) => Optional(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new ConfigFields(path, value, $"{within}{name}."),
        _ => throw Bad(name, "must be an object or null"),
    };

    /// <summary>Text, or null where the field is missing or null.</summary>
    public string? Text(string name) => Optional(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        var other => throw Bad(name, $"must be text, not {other}"),
    };

    /// <summary>A list's elements; null where the field is missing or null.</summary>
    public JsonElement[]? List(string name) => Optional(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()],
        _ => throw Bad(name, "must be a list"),
    };

    /// <summary>A truth value; the fallback where the field is missing or null.</summary>
    public bool Flag(string name, bool fallback = false) => Optional(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw Bad(name, "must be true or false"),
    };

    /// <summary>A whole number.</summary>
    public int Whole(string name, int? fallback = null, int minimum = 1) =>
        Optional(name) is { } value ? Whole(name, value, minimum) : fallback ?? throw Missing(name);

    /// <summary>A whole number that was found in a field.</summary>
    public int Whole(string name, JsonElement value, int minimum) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= minimum
            ? number
            : throw Bad(name, $"must be a whole number of at least {minimum}, not {value}");

    /// <summary>A number above 0.</summary>
    public double Positive(string name, double? fallback = null)
    {
        if (Optional(name) is not { } value)
            return fallback ?? throw Missing(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number > 0 && double.IsFinite(number)
            ? number
            : throw Bad(name, $"must be a number above 0, not {value}");
    }

    /// <summary>Says that a field must be there.</summary>
    public InputException Missing(string name) => new($"{path} lacks '{within}{name}'; restore the checkpoint's config.json.");

    private InputException Bad(string name, string complaint) => new($"{path}: {within}{name} {complaint}.");
}
