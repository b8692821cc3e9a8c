using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

/// <summary>Byte-level tokenizers with random vocabularies against an independent loop, over text of several scripts.</summary>
[TestFixture("LLaMA-3", 1u)]
[TestFixture("LLaMA-3", 2u)]
[TestFixture("Qwen2", 3u)]
[TestFixture("Qwen2", 4u)]
public sealed class ByteLevelTests : IDisposable
{
    private static readonly string[] Scraps =
    [
        "the", "The", "THE", "it", "'s", "'S", "'re", "'ll", "'", "ſ", "état", "straße", "и", "привет", "мир", "العربية", "سلام", "你好",
        "世界", "的", "한국어", "을",
        "日本", "ก", "இலை", "𠮷", "𐐷𐐨", "😀", "👩‍👩‍👧", "❤️", "1", "23", "4567", "½", "٣", "𝟙", " ", "  ", "    ", "\t", "\n", "\r\n", "\n\n",
        "\u00a0", "\u3000", ".", ",", "!?",
        "...", "«", "»", "—", "(", "_", "@", "#", "\u200d", "\u0000", "the university", " the",
    ];

    private readonly TemporaryFolder folder = new();
    private readonly ReferenceBytePairs reference;
    private readonly Tokenizer tokenizer;
    private readonly bool llama;

    public ByteLevelTests(string kind, uint seed)
    {
        llama = kind == "LLaMA-3";
        string[] lines = [.. new[] { "en", "ar", "zh", "ko", "ru", "ta" }.SelectMany(Lines).Where((_, i) => i % 7 == seed), .. Scraps];
        string[] whole = llama ? [" university", "привет"] : [];
        reference = new ReferenceBytePairs(lines, 150, new ReferenceSplitter(llama ? 3 : 1), seed, whole);
        JsonObject json = llama ? TokenizerJson.Llama3(reference) : TokenizerJson.Qwen2(reference);
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        tokenizer = Tokenizer.Open(folder.File("tokenizer.json"));
    }

    // What a composing tokenizer leaves as it is, so that decoding can give it back.
    private static Arbitrary<string> Texts { get; } = Gen.Elements(Scraps).ArrayOf().Select(string.Concat).ToArbitrary();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Ids_equal_those_of_the_reference_on_the_corpora()
    {
        foreach (string language in new[] { "en", "ar", "zh", "ko", "ru", "hi", "vi", "ta", "el" })
        {
            foreach (string line in Lines(language))
                tokenizer.Encode(line).Should().Equal(reference.Encode(line), line);
        }
    }

    [Test]
    public void Ids_equal_those_of_the_reference_on_any_mixture() =>
        Texts.Hold(text => tokenizer.Encode(text).SequenceEqual(reference.Encode(text)));

    [Test]
    public void Decoding_gives_any_mixture_back() => Texts.Hold(text => tokenizer.Decode(tokenizer.Encode(text)) == text);

    [Test]
    public void Only_LLaMA_3_takes_a_whole_piece_without_merging_and_begins_with_a_token_of_its_own()
    {
        tokenizer.BosTokenId.Should().Be(llama ? reference.Count : null);
        tokenizer.VocabularySize.Should().Be(llama ? reference.Count + 1 : reference.Count);
        tokenizer.Encode(" university").Length.Should().BeInRange(llama ? 1 : 2, llama ? 1 : " university".Length);
    }

    [Test]
    public void Digits_are_cut_in_threes_by_LLaMA_3_and_one_by_one_by_Qwen2() =>
        tokenizer.Encode("8888").Length.Should().BeGreaterThanOrEqualTo(llama ? 2 : 4);

    [Test]
    public void Control_tokens_are_themselves_in_a_text_and_nothing_when_decoded()
    {
        tokenizer.Encode("the" + (llama ? "<|begin_of_text|>" : "<|endoftext|>")).Should().Equal([.. reference.Encode("the"), reference.Count]);
        tokenizer.Decode([reference.Count, .. tokenizer.Encode("the"), reference.Count + 9]).Should().Be("the");
        tokenizer.Decode([reference.Count + 1]).Should().Be(llama ? "" : "<tool_call>");
    }

    [Test]
    public void A_cut_character_is_decoded_as_a_replacement() =>
        tokenizer.Decode(tokenizer.Encode("\u0000😀")[..2]).Should().StartWith("\u0000").And.EndWith("\uFFFD");

    [Test]
    public void No_text_has_no_ids() => tokenizer.Encode("").Should().BeEmpty();

    private static IEnumerable<string> Lines(string language)
    {
        string path = Path.Combine(Project.Folder, "fixtures", "corpora", language, "test.txt");
        return File.Exists(path) ? File.ReadLines(path).Where(l => l.Length > 0).Take(60) : [];
    }
}
