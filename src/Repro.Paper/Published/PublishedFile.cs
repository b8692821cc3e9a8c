using System.Text.Json;
using Repro.Engine.Files;
using Repro.Paper.Json;

namespace Repro.Paper.Published;

/// <summary>Reads the files of the paper's own numbers, which are part of the repository.</summary>
internal static class PublishedFile
{
    private const long MaxLength = 64 << 20;
    private const string Remedy = "restore it from the repository";

    /// <exception cref="InputException">The file is missing or malformed.</exception>
    public static T Read<T>(string path)
        where T : class
    {
        if (!File.Exists(path))
            throw new InputException($"{path} does not exist; {Remedy}.");
        try
        {
            return JsonSerializer.Deserialize<T>(InputFile.ReadText(path, MaxLength), JsonForm.Options) ?? throw new InputException($"{path} is empty; {Remedy}.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} can't be used: {e.Message.TrimEnd('.')}; {Remedy}.", e);
        }
    }
}
