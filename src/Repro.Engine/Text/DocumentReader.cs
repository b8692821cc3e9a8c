using System.Globalization;
using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Text;

/// <summary>Reads documents as token ids for one model.</summary>
/// <param name="config">Gives vocabulary, BOS, EOS and the longest document.</param>
/// <param name="checkpointFolder">Holds the tokenizer; it is opened when text is read.</param>
public sealed class DocumentReader(LlamaConfig config, string checkpointFolder)
{
    private readonly Lazy<Tokenizer> tokenizer = new(() => Tokenizer.OpenFor(config, checkpointFolder));

    /// <summary>Lines that were left out so far because they have more tokens than the model has positions.</summary>
    public int LongLines { get; private set; }

    /// <summary>Documents of a text file, one line each, between BOS and EOS.</summary>
    /// <exception cref="InputException">The file can't be read or holds no usable line.</exception>
    public IReadOnlyList<int[]> Text(string path) => Build(Corpus.ReadLines(path), path);

    /// <summary>Documents of one part of one language of a corpus.</summary>
    /// <exception cref="InputException">The corpus holds no usable line of it.</exception>
    public IReadOnlyList<int[]> Language(Corpus corpus, string language, Split split) =>
        Build(corpus.Lines(language, split), $"the {split.ToString().ToLowerInvariant()} split of '{language}'");

    /// <summary>Documents of a file of token ids, one line each, ids separated by blanks; the first id of a line is context.</summary>
    /// <exception cref="InputException">A line holds something else, or an id outside the vocabulary.</exception>
    public IReadOnlyList<int[]> TokenIds(string path)
    {
        int[][] documents = [.. Corpus.ReadNumberedLines(path).Select(line => ParseIds(line.Text, path, line.Number))];
        return documents.Length > 0 ? documents : throw new InputException($"{path} holds no document; write one line of token ids per document.");
    }

    /// <summary>The ids of a prompt, BOS first.</summary>
    public IReadOnlyList<int> Prompt(string text) => [tokenizer.Value.BosFor(config), .. tokenizer.Value.Encode(text)];

    /// <summary>The text of ids.</summary>
    public string Decode(IEnumerable<int> ids) => tokenizer.Value.Decode(ids);

    private int[][] Build(IEnumerable<string> lines, string where)
    {
        SampleBuilder builder = new(tokenizer.Value.BosFor(config), config.EosTokenId, config.MaxPositions);
        int[][] encoded = [.. lines.Select(tokenizer.Value.Encode)];
        LongLines += encoded.Count(ids => ids.Length + 2 > config.MaxPositions);
        int[][] documents = [.. builder.Build(encoded, SampleReading.Line)];
        return documents.Length > 0
            ? documents
            : throw new InputException($"{where} holds no line of 1 to {config.MaxPositions - 2} tokens; give it at least one.");
    }

    private int[] ParseIds(string line, string path, int number)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int[] ids = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out ids[i]) || ids[i] >= config.VocabularySize)
                throw new InputException($"{path}, line {number}: '{words[i]}' is not a token id below {config.VocabularySize}.");
        }

        return ids.Length >= 2 && ids.Length <= config.MaxPositions
            ? ids
            : throw new InputException($"{path}, line {number} holds {ids.Length} ids; a document has 2 to {config.MaxPositions}.");
    }
}
