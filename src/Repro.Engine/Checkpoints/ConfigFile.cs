using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Checkpoints;

/// <summary>Reads and writes a checkpoint's <c>config.json</c> as Hugging Face spells it.</summary>
public static class ConfigFile
{
    private const long MaxLength = 1 << 20;

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is missing, malformed, of another architecture, or asks for something this model does not have.</exception>
    public static LlamaConfig Read(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists && ForeignWeights.Complaint(file.DirectoryName!) is { } complaint)
                throw new InputException(complaint);
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadBytes(path, MaxLength), new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? ConfigReader.Read(new ConfigFields(path, document.RootElement))
                : throw new InputException($"{path} is not a JSON object; restore the checkpoint's config.json.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is not valid JSON (line {e.LineNumber + 1}); restore the checkpoint's config.json.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{path} holds text that is not Unicode; restore the checkpoint's config.json.", e);
        }
    }

    /// <summary>Writes a configuration atomically, so that it reads back the same.</summary>
    public static void Write(string path, LlamaConfig config) => ConfigWriter.Write(path, config);
}
