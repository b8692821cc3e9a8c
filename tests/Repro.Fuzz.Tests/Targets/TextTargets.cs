using System.Text;
using FsCheck;
using Repro.Engine.Checkpoints;
using Repro.Engine.Text;
using Repro.Fuzz.Tests.Inputs;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>Text and what reads it.</summary>
internal static class TextTargets
{
    // More than any vocabulary has.
    private const int LargestVocabulary = 1 << 24;
    private const string Spoken = "The kettle is on; 水 é \U0001F44D 1234";

    private static readonly byte[] Text = Encoding.UTF8.GetBytes("The kettle is on.\nНикто не пришёл.\n\n水が沸いた。\r\nلم يأت أحد.\n👍🏽\n");

    public static FuzzTarget SentencePiece() =>
        Tokenizer("tokenizer-model", TokenizerFiles.SentencePiece, [SentencePieceInputs.Valid], SentencePieceInputs.OneThingWrong);

    public static FuzzTarget ByteLevel()
    {
        string[] valid =
            [.. new[] { "llama3-style.json", "qwen2-style.json" }.Select(name => File.ReadAllText(SmallModel.Fixture("tokenizer", name)))];
        return Tokenizer(
            "tokenizer-json", TokenizerFiles.HuggingFace, [.. valid.Select(Encoding.UTF8.GetBytes)], JsonInputs.OneThingWrong(valid));
    }

    public static FuzzTarget FlatCorpus() => Make("corpus-flat", "en.txt", [Text], TextInputs.Lines, ReadCorpus);

    public static FuzzTarget SplitCorpus() => Make("corpus-split", Path.Combine("ru", "train.txt"), [Text], TextInputs.Lines, ReadCorpus);

    public static FuzzTarget Documents()
    {
        DocumentReader[] readers = [new(ConfigReader.Read(SmallModel.Fixture("tiny", "config.json")), SmallModel.Fixture("tiny"))];
        Tokenizer byteLevel = Engine.Text.Tokenizer.Open(SmallModel.Fixture("tokenizer", "qwen2-style.json"));
        return Make("text", "story.txt", [Text], TextInputs.Lines, folder =>
        {
            foreach (int[] document in readers.SelectMany(r => r.Text(Path.Combine(folder, "story.txt"))))
                document.Should().HaveCountGreaterThan(2);
            foreach (string line in Corpus.ReadLines(Path.Combine(folder, "story.txt")))
                byteLevel.Decode(byteLevel.Encode(line));
        });
    }

    public static FuzzTarget TokenIds()
    {
        DocumentReader reader = new(SmallModel.Config, "no folder");
        byte[][] valid = [.. new[] { "1 4 7 3 2\n\n1 6 2\r\n", "1 2\n" }.Select(Encoding.UTF8.GetBytes)];
        return Make("token-ids", "ids.txt", valid, TextInputs.Ids, folder =>
        {
            foreach (int[] document in reader.TokenIds(Path.Combine(folder, "ids.txt")))
                MustBeBelow(SmallModel.Config.VocabularySize, document);
        });
    }

    private static void MustBeBelow(int vocabularySize, int[] ids)
    {
        ids.Should().NotBeEmpty();
        ids.Min().Should().BeGreaterThanOrEqualTo(0);
        ids.Max().Should().BeLessThan(vocabularySize);
    }

    private static void ReadCorpus(string folder)
    {
        Corpus corpus = Corpus.Open(folder);
        corpus.Hash();
        corpus.Hash(Split.Test);
        foreach (string language in corpus.Languages)
            corpus.Lines(language, Split.Train).Should().NotContain("");
    }

    private static FuzzTarget Tokenizer(string name, string file, IReadOnlyList<byte[]> valid, Gen<byte[]> wrong) =>
        Make(name, file, valid, wrong, folder =>
    {
        Tokenizer tokenizer = Engine.Text.Tokenizer.Open(TokenizerFiles.In(folder));
        int[] ids = tokenizer.Encode(Spoken);

        // A wrong added token may be found in the text, and lies beyond.
        MustBeBelow(file == TokenizerFiles.HuggingFace ? LargestVocabulary : tokenizer.VocabularySize, ids);
        tokenizer.Decode(ids);
        tokenizer.Decode([0, tokenizer.VocabularySize - 1]);
    });

    private static FuzzTarget Make(string name, string file, IReadOnlyList<byte[]> valid, Gen<byte[]> wrong, Action<string> read) =>
        new(name, file, valid, wrong, folder =>
    {
        read(folder);
        return null;
    });
}
