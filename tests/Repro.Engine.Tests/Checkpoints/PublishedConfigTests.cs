using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>Configurations of published checkpoints, and the number of weights their publishers state.</summary>
public sealed class PublishedConfigTests
{
    [TestCase("LLaMA-1 7B", 6_738_415_616)]
    [TestCase("LLaMA-2 7B", 6_738_415_616)]
    [TestCase("LLaMA-2 13B", 13_015_864_320)]
    [TestCase("TinyLlama 1.1B", 1_100_048_384)]
    [TestCase("OpenLLaMA 3B", 3_426_473_600)]
    [TestCase("Mistral 7B", 7_241_732_096)]
    [TestCase("Mistral 7B v0.2", 7_241_732_096)]
    [TestCase("LLaMA-3 8B", 8_030_261_248)]
    [TestCase("LLaMA-3.1 8B Instruct", 8_030_261_248)]
    [TestCase("LLaMA-3.2 1B", 1_235_814_400)]
    [TestCase("Qwen2 0.5B", 494_032_768)]
    [TestCase("Qwen2 7B", 7_615_616_512)]
    [TestCase("Qwen3 0.6B", 596_049_920)]
    [TestCase("Qwen3 8B", 8_190_735_360)]
    [TestCase("OLMo-2 7B", 7_298_617_344)]
    [TestCase("Phi-3 mini 4k", 3_821_079_552)]
    [TestCase("Gemma-2 2B", 2_614_341_888)]
    [TestCase("SmolLM2 135M", 134_515_008)]
    [TestCase("SmolLM3 3B", 3_075_098_624)]
    public void The_shapes_hold_as_many_weights_as_the_publisher_states(string name, long weights) =>
        ParameterSet.Shapes(Read(name)).Sum(s => s.Shape.Aggregate(1L, (a, b) => a * b)).Should().Be(weights);

    [TestCaseSource(typeof(PublishedConfigs), nameof(PublishedConfigs.Names))]
    public void A_configuration_that_is_written_reads_back_the_same(string name)
    {
        using TemporaryFolder folder = new();
        LlamaConfig config = Read(name);
        ConfigWriter.Write(folder.File("config.json"), config);
        ConfigReader.Read(folder.File("config.json")).Should().Be(config);
    }

    [TestCaseSource(typeof(PublishedConfigs), nameof(PublishedConfigs.Names))]
    public void What_is_written_says_what_was_published(string name)
    {
        using TemporaryFolder folder = new();
        ConfigWriter.Write(folder.File("config.json"), Read(name));
        JsonObject written = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!.AsObject();
        JsonObject published = PublishedConfigs.Get(name);

        // Of a window that is switched off nothing is kept; the rest of what the engine reads comes back as it was.
        string[] dropped = published.ContainsKey("use_sliding_window") ? ["sliding_window", "max_window_layers"] : [];
        foreach ((string field, JsonNode? value) in published.Where(f => written.ContainsKey(f.Key) && !dropped.Contains(f.Key)))
            JsonNode.DeepEquals(written[field], value)
                .Should().BeTrue($"{field} was {value?.ToJsonString() ?? "null"} and is {written[field]?.ToJsonString() ?? "null"}");
    }

    [Test]
    public void OpenLLaMAs_heads_of_100_dimensions_are_taken() => Read("OpenLLaMA 3B").HeadSize.Should().Be(100);

    [Test]
    public void LLaMA_1s_older_name_of_the_longest_sequence_is_read()
    {
        JsonObject json = PublishedConfigs.Get("LLaMA-1 7B");
        json.Remove("max_position_embeddings");
        Read(json).MaxPositions.Should().Be(2048);
    }

    [Test]
    public void LLaMA_1s_older_spelling_of_its_class_is_read()
    {
        JsonObject json = PublishedConfigs.Get("LLaMA-1 7B");
        json["architectures"] = new JsonArray("LLaMAForCausalLM");
        Read(json).Should().Be(Read("LLaMA-1 7B"));
    }

    [Test]
    public void LLaMA_3s_ends_of_text_are_the_first_for_documents_and_all_for_generation()
    {
        LlamaConfig config = Read("LLaMA-3.1 8B Instruct");
        config.EosTokenId.Should().Be(128_001);
        new[] { 128_000, 128_001, 128_008, 128_009 }.Where(id => config.IsEos(id)).Should().Equal(128_001, 128_008, 128_009);
    }

    [Test]
    public void LLaMA_3s_rotary_frequencies_are_stretched() =>
        Read("LLaMA-3.1 8B Instruct").RopeScaling.Should().Be(new RopeScaling(8, 1, 4, 8192));

    [Test]
    public void Qwen2_has_biases_tied_embeddings_and_endoftext_as_bos()
    {
        LlamaConfig config = Read("Qwen2 0.5B");
        config.AttentionBias.Should().Be(AttentionBias.QueryKeyValue);
        config.TieWordEmbeddings.Should().BeTrue();
        config.BosTokenId.Should().Be(151_643);
        config.MaxPositions.Should().Be(131_072);
        config.WeightType.Should().Be(ScalarType.BFloat16);
        config.Notes().Should().BeEmpty();
    }

    [Test]
    public void Qwen3s_heads_have_a_size_and_norms_of_their_own()
    {
        LlamaConfig config = Read("Qwen3 0.6B");
        (config.HeadSize, config.AttentionBias, config.EosTokenId).Should().Be((128, AttentionBias.None, 151_645));
        ModelLayout layout = ModelLayout.Of(config);
        layout.Name(WeightRole.KeyNorm, 27).Should().Be("model.layers.27.self_attn.k_norm.weight");
        layout.ShapeOf("model.layers.27.self_attn.k_norm.weight").Should().Equal(128);
    }

    [Test]
    public void A_head_size_that_Qwen3_leaves_out_is_the_one_of_its_class()
    {
        JsonObject json = PublishedConfigs.Get("Qwen3 0.6B");
        json.Remove("head_dim");
        Read(json).HeadSize.Should().Be(128);
    }

    [TestCase(true)]
    [TestCase(false, Description = "one layer in four, as its class has it")]
    public void SmolLM3s_every_fourth_layer_is_not_rotated(bool listed)
    {
        JsonObject json = PublishedConfigs.Get("SmolLM3 3B");
        if (!listed)
            json.Remove("no_rope_layers");
        LlamaConfig config = Read(json);
        config.UnrotatedLayers.Should().Equal(3, 7, 11, 15, 19, 23, 27, 31, 35);
        (config.TieWordEmbeddings, config.BosTokenId, config.EosTokenId, config.RopeTheta).Should().Be((true, null, 128_012, 5_000_000));
    }

    [Test]
    public void OLMo_2s_norms_stand_behind_attention_and_feed_forward_layer()
    {
        LlamaConfig config = Read("OLMo-2 7B");
        (config.BosTokenId, config.EosTokenId).Should().Be((null, 100_257));
        ModelLayout layout = ModelLayout.Of(config);
        layout.Name(WeightRole.AttentionOutputNorm, 31).Should().Be("model.layers.31.post_attention_layernorm.weight");
        layout.Name(WeightRole.FeedForwardOutputNorm, 31).Should().Be("model.layers.31.post_feedforward_layernorm.weight");
        (layout.Has(WeightRole.InputNorm), layout.Has(WeightRole.FeedForwardNorm)).Should().Be((false, false));
        layout.ShapeOf("model.layers.0.self_attn.k_norm.weight").Should().Equal(4096);
    }

    [Test]
    public void Phi_3s_documents_are_held_to_its_window()
    {
        LlamaConfig config = Read("Phi-3 mini 4k");
        (config.MaxPositions, config.BosTokenId, config.EosTokenId).Should().Be((2047, 1, 32_000));
        config.Notes().Should().ContainSingle().Which.Should().Contain("2047").And.Contain("4096");
        JsonObject json = PublishedConfigs.Get("Phi-3 mini 4k");
        json.Remove("sliding_window");
        Read(json).MaxPositions.Should().Be(4096);
    }

    [Test]
    public void Gemma_2s_caps_and_norms_are_read()
    {
        LlamaConfig config = Read("Gemma-2 2B");
        (config.QueryScalar, config.AttentionSoftCap, config.FinalSoftCap).Should().Be((256, 50, 30));
        (config.HeadSize, config.TieWordEmbeddings, config.BosTokenId, config.EosTokenId, config.MaxPositions).Should().Be((256, true, 2, 1, 4096));
        ModelLayout layout = ModelLayout.Of(config);
        layout.Name(WeightRole.FeedForwardNorm, 0).Should().Be("model.layers.0.pre_feedforward_layernorm.weight");
        layout.Name(WeightRole.AttentionOutputNorm, 0).Should().Be("model.layers.0.post_attention_layernorm.weight");
    }

    private static LlamaConfig Read(string name) => Read(PublishedConfigs.Get(name));

    private static LlamaConfig Read(JsonObject json)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("config.json"), json.ToJsonString());
        return ConfigReader.Read(folder.File("config.json"));
    }
}
