using System.Text.Json;
using Repro.Engine.Files;

namespace Repro.Paper.Verification;

/// <summary>The hash that training wrote down beside a checkpoint.</summary>
internal static class RecordedHash
{
    private const long MaxLength = 64 << 20;

    /// <summary>The hash on record, or null where there is none.</summary>
    /// <exception cref="InputException">The record is damaged.</exception>
    public static string? Of(string checkpoint)
    {
        string path = Path.Combine(checkpoint, "provenance.json");
        if (!File.Exists(path))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadText(path, MaxLength));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("weights", out JsonElement hash) && hash.ValueKind == JsonValueKind.String
                ? hash.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"{path} is not JSON ({e.Message.TrimEnd('.')}); restore or delete it.", e);
        }
    }
}
