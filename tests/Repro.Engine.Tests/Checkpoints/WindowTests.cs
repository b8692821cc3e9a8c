using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>Attention that slides over a window is computed up to the window's length, and says so.</summary>
public sealed class WindowTests
{
    [Test]
    public void Mistrals_documents_are_held_to_its_window_and_a_note_says_so()
    {
        LlamaConfig config = Read("Mistral 7B");
        config.MaxPositions.Should().Be(4096);
        config.Notes().Should().ContainSingle().Which.Should().Contain("4096").And.Contain("32768");
    }

    [Test]
    public void A_window_of_null_is_none()
    {
        LlamaConfig config = Read("Mistral 7B v0.2");
        config.MaxPositions.Should().Be(32_768);
        config.SlidingWindow.Should().BeNull();
        config.Notes().Should().BeEmpty();
    }

    [Test]
    public void A_window_that_Mistral_leaves_out_is_the_one_of_its_class() =>
        Read("Mistral 7B", json => json.Remove("sliding_window")).MaxPositions.Should().Be(4096);

    [Test]
    public void A_window_longer_than_any_document_needs_no_note()
    {
        LlamaConfig config = Read("Mistral 7B", json => json["sliding_window"] = 32_768);
        config.MaxPositions.Should().Be(32_768);
        config.Notes().Should().BeEmpty();
    }

    // max_window_layers counts the layers below the first with a window: 24 of 24 leave none, 23 leave one.
    [TestCase(24, 131_072)]
    [TestCase(23, 512)]
    [TestCase(0, 512)]
    public void Qwen2s_window_holds_where_a_layer_has_one(int withoutWindow, int positions)
    {
        LlamaConfig config = Read("Qwen2 0.5B", json => (json["use_sliding_window"], json["sliding_window"], json["max_window_layers"]) = (true, 512, withoutWindow));
        config.MaxPositions.Should().Be(positions);
        config.Notes().Should().HaveCount(positions == 512 ? 1 : 0);
        MustSurviveWriting(config);
    }

    [TestCase("full_attention", 131_072)]
    [TestCase("sliding_attention", 512)]
    public void A_list_of_the_layers_types_goes_before_their_count(string last, int positions)
    {
        JsonArray types = [.. Enumerable.Range(0, 24).Select(i => (JsonNode)(i == 23 ? last : "full_attention"))];
        Read("Qwen2 0.5B", json => (json["use_sliding_window"], json["sliding_window"], json["max_window_layers"], json["layer_types"]) = (true, 512, 0, types))
            .MaxPositions.Should().Be(positions);
    }

    [Test]
    public void A_layer_of_another_type_is_refused_by_name()
    {
        Action read = () => Read("Qwen2 0.5B", json => (json["use_sliding_window"], json["layer_types"]) = (true, new JsonArray("linear_attention")));
        read.Should().ThrowExactly<InputException>().WithMessage("*'linear_attention'*layer_types*");
    }

    [Test]
    public void A_window_in_a_LLaMA_is_passed_over_as_its_class_does() =>
        Read("LLaMA-2 7B", json => json["sliding_window"] = 512).MaxPositions.Should().Be(4096);

    [Test]
    public void What_the_checkpoint_stated_is_written_again()
    {
        using TestFolder folder = new();
        ConfigFile.Write(folder["config.json"], Read("Mistral 7B"));
        JsonObject written = JsonNode.Parse(File.ReadAllText(folder["config.json"]))!.AsObject();
        written["max_position_embeddings"]!.GetValue<int>().Should().Be(32_768);
        written["sliding_window"]!.GetValue<int>().Should().Be(4096);
    }

    private static void MustSurviveWriting(LlamaConfig config)
    {
        using TestFolder folder = new();
        ConfigFile.Write(folder["config.json"], config);
        ConfigFile.Read(folder["config.json"]).Should().Be(config);
    }

    private static LlamaConfig Read(string name, Action<JsonObject>? edit = null)
    {
        using TestFolder folder = new();
        JsonObject json = PublishedConfigs.Get(name);
        edit?.Invoke(json);
        File.WriteAllText(folder["config.json"], json.ToJsonString());
        return ConfigFile.Read(folder["config.json"]);
    }
}
