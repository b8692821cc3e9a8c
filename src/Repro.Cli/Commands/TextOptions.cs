using System.CommandLine;
using Repro.Cli.Completion;
using Repro.Cli.Terminal;
using Repro.Engine.Files;
using Repro.Engine.Text;

namespace Repro.Cli.Commands;

/// <summary>The options that name the text a command reads: a corpus, a text file or a file of token ids.</summary>
internal sealed class TextOptions
{
    private readonly Option<string?> corpus = new("--corpus") { Description = "Corpus folder." };
    private readonly Option<string?> language = new Option<string?>("--language") { Description = "One language of the corpus, as ISO 639-1 code." }.WithLanguages();
    private readonly Option<string?> text = new("--text") { Description = "Text file, one document a line." };
    private readonly Option<string?> tokenIds = new("--token-ids") { Description = "File of token ids, one document a line, ids separated by blanks." };

    public void AddTo(Command command)
    {
        command.Add(corpus);
        command.Add(language);
        command.Add(text);
        command.Add(tokenIds);
    }

    /// <summary>The documents of one text; a corpus of several languages needs <c>--language</c>.</summary>
    public (string Language, IReadOnlyList<int[]> Documents) ReadOne(ParseResult result, DocumentReader reader, Split split)
    {
        if (result.GetValue(corpus) is { } folder && result.GetValue(language) is null && Corpus.Open(folder).Languages.Count > 1)
            throw new InputException("Importance is one language's; name it with --language.");
        return Read(result, reader, split).Single();
    }

    /// <summary>The documents, by language for a corpus, under an empty name otherwise.</summary>
    public IEnumerable<(string Language, IReadOnlyList<int[]> Documents)> Read(ParseResult result, DocumentReader reader, Split split)
    {
        string?[] sources = [result.GetValue(corpus), result.GetValue(text), result.GetValue(tokenIds)];
        if (sources.Count(s => s is not null) != 1)
            throw new InputException("Name one text: --corpus DIR, --text FILE or --token-ids FILE.");
        if (result.GetValue(text) is { } textPath)
            return [("", reader.Text(textPath))];
        if (result.GetValue(tokenIds) is { } idsPath)
            return [("", reader.TokenIds(idsPath))];

        Corpus opened = Corpus.Open(result.GetValue(corpus)!);
        Terminals.Note(opened);
        string[] languages = result.GetValue(language) is { } one ? [one] : [.. opened.Languages];
        return languages.FirstOrDefault(l => !opened.Languages.Contains(l)) is { } unknown
            ? throw new InputException($"The corpus has no language '{unknown}'; it has {string.Join(", ", opened.Languages)}.")
            : languages.Select(l => (l, reader.Language(opened, l, split)));
    }
}
