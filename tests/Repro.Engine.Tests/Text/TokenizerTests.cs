using System.Globalization;
using Repro.Engine.Files;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

/// <summary>
/// The tiny tokenizer's ids against SentencePiece's own <c>spm_encode</c> (Debian's sentencepiece 0.1.97), 20 lines in each of 30
/// languages.
/// </summary>
public sealed class TokenizerTests
{
    private static readonly Tokenizer Tiny = Tokenizer.Open(Path.Combine(Project.Folder, "fixtures", "tiny", "tokenizer.model"));

    private static readonly Lazy<Tokenizer> InHuggingFacesSpelling = new(() =>
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("tokenizer.json"), SentencePieceJson.Of(Path.Combine(Project.Folder, "fixtures", "tiny", "tokenizer.model")).ToJsonString());
        return Tokenizer.Open(folder.File("tokenizer.json"));
    });

    private static IEnumerable<string> Languages => Corpus.Open(Path.Combine(Project.Folder, "fixtures", "corpora")).Languages;

    [TestCaseSource(nameof(Languages))]
    public void Ids_equal_those_of_sentencepiece(string language)
    {
        int[][] expected = [.. File.ReadLines(Path.Combine(Project.Folder, "fixtures", "tokenizer", "spm-encode-ids.txt"))
            .Where(l => l.StartsWith(language + " ", StringComparison.Ordinal))
            .Select(l => l.Split(' ').Skip(1).Select(i => int.Parse(i, CultureInfo.InvariantCulture)).ToArray())];
        IReadOnlyList<string> lines = Corpus.Open(Path.Combine(Project.Folder, "fixtures", "corpora")).Lines(language, Split.Test);
        expected.Should().HaveCount(20);
        for (int i = 0; i < expected.Length; i++)
            Tiny.Encode(lines[i]).Should().Equal(expected[i], lines[i]);
    }

    [TestCaseSource(nameof(Languages))]
    public void Decoding_gives_the_text_back(string language)
    {
        foreach (string line in Corpus.Open(Path.Combine(Project.Folder, "fixtures", "corpora")).Lines(language, Split.Test))
            Tiny.Decode(Tiny.Encode(line)).TrimStart().Should().Be(line);
    }

    [TestCase("aaaaaaaaaa", "265 3063 3063 3063 3063 3063 3063 3063 3063 3063")]
    [TestCase("......", "3061 859 859 859")]
    [TestCase("1000000", "3061 3312 3342 3342 3342 3342 3342 3342")]
    [TestCase("hahahaha", "274 353 353 1898")]
    public void Repetitions_are_merged_as_sentencepiece_does(string text, string sentencePiece) =>
        string.Join(' ', Tiny.Encode(text)).Should().Be(sentencePiece);

    [TestCase(".....", "3061 859 962")]
    [TestCase("no.....", "400 859 962")]
    [TestCase("Well......... hmmm", "435 499 859 859 859 962 274 3073 3073 3073")]
    public void Of_equal_pairs_the_leftmost_is_merged_first(string text, string sentencePiece) =>
        string.Join(' ', Tiny.Encode(text)).Should().Be(sentencePiece);

    [TestCaseSource(nameof(Languages))]
    public void In_Hugging_Faces_spelling_the_ids_are_the_same(string language)
    {
        foreach (string line in Corpus.Open(Path.Combine(Project.Folder, "fixtures", "corpora")).Lines(language, Split.Test))
            InHuggingFacesSpelling.Value.Encode(line).Should().Equal(Tiny.Encode(line), line);
    }

    [Test]
    public void The_30_languages_are_all_there() => Languages.Should().HaveCount(30);

    [Test]
    public void A_file_that_is_no_tokenizer_is_refused() =>
        FluentActions.Invoking(() => Tokenizer.Open(Path.Combine(Project.Folder, "fixtures", "tiny", "config.json")))
            .Should().Throw<InputException>().WithMessage("*config.json*");
}
