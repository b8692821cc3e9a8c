using System.Text.Json.Nodes;
using Repro.Engine.Files;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

/// <summary>A <c>tokenizer.json</c> of another kind is refused by the name of what is not known.</summary>
public sealed class TokenizerFileTests
{
    private static readonly ReferenceBytePairs Pairs = new(["the other the other"], 8, new ReferenceSplitter(3), 1);

    [Test]
    public void Merges_may_be_pairs_in_lists()
    {
        JsonObject json = TokenizerJson.Qwen2(Pairs);
        json["model"]!["merges"] = new JsonArray(
            [.. json["model"]!["merges"]!.AsArray()
                .Select(m => (JsonNode)new JsonArray([.. m!.GetValue<string>().Split(' ').Select(t => (JsonNode)t)]))]);
        Open(json).Encode("the other").Should().Equal(Pairs.Encode("the other"));
    }

    [Test]
    public void A_sequence_of_no_normalizers_leaves_the_text()
    {
        JsonObject json = TokenizerJson.Llama3(Pairs);
        json["normalizer"] = new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray() };
        Open(json).Decode(Open(json).Encode("e\u0301")).Should().Be("e\u0301");
    }

    [Test]
    public void Without_a_template_there_is_no_bos()
    {
        JsonObject json = TokenizerJson.Llama3(Pairs);
        json["post_processor"] = json["post_processor"]!["processors"]![0]!.DeepClone();
        Open(json).BosTokenId.Should().BeNull();
        json.Remove("post_processor");
        Open(json).BosTokenId.Should().BeNull();
    }

    [TestCase("WordPiece")]
    [TestCase("Unigram")]
    [TestCase("WordLevel")]
    public void Another_type_is_named(string type) => MustRefuse(json => json["model"]!["type"] = type, $"*type '{type}'*'BPE'*");

    [Test]
    public void Other_ways_to_cut_a_text_are_read()
    {
        // As in SmolLM2: digits one by one, then GPT-2's pattern over bytes.
        JsonObject digits = TokenizerJson.Qwen2(Pairs);
        digits["normalizer"] = null;
        digits["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(
                new JsonObject { ["type"] = "Digits", ["individual_digits"] = true },
                new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true }),
        };
        Open(digits).Encode("the 42").Should().HaveCount(Open(digits).Encode("the ").Length + 2);
        Open(digits).Decode(Open(digits).Encode("the other 42's")).Should().Be("the other 42's");
    }

    [TestCase("dropout", "0.1")]
    [TestCase("continuing_subword_prefix", "\"##\"")]
    [TestCase("end_of_word_suffix", "\"</w>\"")]
    public void What_changes_the_merging_is_named(string option, string value) =>
        MustRefuse(json => json["model"]![option] = JsonNode.Parse(value), $"*{option}*");

    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    public void An_id_that_no_vocabulary_has_is_refused_with_its_token(int id)
    {
        MustRefuse(json => json["model"]!["vocab"]!["Ā"] = id, $"*the token 'Ā' the id {id}*");
        MustRefuse(json => json["post_processor"]!["processors"]![1]!["special_tokens"]!["<|begin_of_text|>"]!["ids"]![0] = id,
            $"*the token that begins a text the id {id}*");
    }

    [Test]
    public void Merges_of_what_is_no_token_are_refused() =>
        MustRefuse(
            json => json["model"]!["merges"]!.AsArray().Add((JsonNode)"never seen"),
            "*merges 'never seen'*tokenizer.json*");

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("")]
    [TestCase("""{"model":{"type":"BPE","vocab":[],"merges":{}}}""")]
    [TestCase("""{"model":3}""")]
    public void A_file_that_is_none_is_refused(string text)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("tokenizer.json"), text);
        FluentActions.Invoking(() => Tokenizer.Open(folder.File("tokenizer.json"))).Should().ThrowExactly<InputException>()
            .WithMessage($"{folder.File("tokenizer.json")}*");
    }

    private static Tokenizer Open(JsonObject json)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        return Tokenizer.Open(folder.File("tokenizer.json"));
    }

    private static void MustRefuse(Action<JsonObject> edit, string message)
    {
        JsonObject json = TokenizerJson.Llama3(Pairs);
        edit(json);
        FluentActions.Invoking(() => Open(json)).Should().ThrowExactly<InputException>().WithMessage(message);
    }
}
