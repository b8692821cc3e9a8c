using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Checkpoints;

public sealed class ConfigFileTests
{
    // As Hugging Face writes it for a small LLaMA-2; only what has no default.
    private const string Least =
        """
        {"architectures":["LlamaForCausalLM"],"hidden_size":48,"intermediate_size":128,"max_position_embeddings":4096,
         "num_attention_heads":6,"num_hidden_layers":3,"rms_norm_eps":1e-06,"torch_dtype":"float16","vocab_size":32000}
        """;

    private static readonly string[] Required =
    [
        "architectures", "hidden_size", "intermediate_size", "max_position_embeddings", "num_attention_heads", "num_hidden_layers", "rms_norm_eps",
        "torch_dtype", "vocab_size",
    ];

    [Test]
    public void What_a_file_leaves_out_is_as_in_LLaMA_2()
    {
        Read(Least).Should().Be(new LlamaConfig
        {
            VocabularySize = 32000,
            HiddenSize = 48,
            IntermediateSize = 128,
            LayerCount = 3,
            HeadCount = 6,
            KeyValueHeadCount = 6,
            HeadSize = 8,
            MaxPositions = 4096,
            RmsNormEpsilon = 1e-6,
            RopeTheta = 10_000,
            TieWordEmbeddings = false,
            BosTokenId = 1,
            EosTokenId = 2,
            WeightType = ScalarType.Float16,
        });
    }

    [Test]
    public void What_a_file_states_is_taken()
    {
        LlamaConfig config = Read(With(
            ("num_key_value_heads", "2"), ("head_dim", "16"), ("rope_theta", "500000.0"), ("tie_word_embeddings", "true"), ("bos_token_id", "0"),
            ("eos_token_id", "7"), ("torch_dtype", "\"bfloat16\""), ("rope_scaling", "null"), ("hidden_act", "\"silu\""), ("attention_bias", "false")));
        config.KeyValueHeadCount.Should().Be(2);
        config.HeadSize.Should().Be(16);
        config.RopeTheta.Should().Be(500_000);
        config.TieWordEmbeddings.Should().BeTrue();
        config.BosTokenId.Should().Be(0);
        config.EosTokenId.Should().Be(7);
        config.WeightType.Should().Be(ScalarType.BFloat16);
    }

    [Test]
    public void The_newer_spelling_of_the_weight_type_is_read()
    {
        JsonObject json = JsonNode.Parse(Least)!.AsObject();
        json.Remove("torch_dtype");
        json["dtype"] = "float32";
        Read(json.ToJsonString()).WeightType.Should().Be(ScalarType.Float32);
    }

    [Test]
    public void A_written_configuration_reads_back_the_same()
    {
        using TestFolder folder = new();
        LlamaConfig config = TinyModels.Config(keyValueHeads: 1, tied: true) with
        {
            HeadSize = 6,
            RmsNormEpsilon = 3e-7,
            RopeTheta = 12_345.5,
            BosTokenId = 3,
            EosTokenId = 4,
            WeightType = ScalarType.BFloat16,
        };
        ConfigFile.Write(folder["config.json"], config);
        ConfigFile.Read(folder["config.json"]).Should().Be(config);
    }

    [TestCaseSource(nameof(Required))]
    public void A_missing_field_is_named_with_its_file(string field)
    {
        JsonObject json = JsonNode.Parse(Least)!.AsObject();
        json.Remove(field);
        MustRefuse(json.ToJsonString(), $"* lacks '{field}'*");
    }

    [TestCase("hidden_size", "\"48\"", "*hidden_size*whole number*")]
    [TestCase("hidden_size", "0", "*hidden_size*at least 1*")]
    [TestCase("hidden_size", "48.5", "*hidden_size*")]
    [TestCase("hidden_size", "2147483648", "*hidden_size*")]
    [TestCase("hidden_size", "50", "*hidden_size 50 is not a multiple of num_attention_heads 6*")]
    [TestCase("hidden_size", "42", "*head of 7 dimensions*")]
    [TestCase("hidden_size", "null", "* lacks 'hidden_size'*")]
    [TestCase("num_hidden_layers", "[3]", "*num_hidden_layers*")]
    [TestCase("num_key_value_heads", "4", "*num_attention_heads 6*num_key_value_heads 4*")]
    [TestCase("num_key_value_heads", "-2", "*num_key_value_heads*")]
    [TestCase("head_dim", "true", "*head_dim*")]
    [TestCase("vocab_size", "{}", "*vocab_size*")]
    [TestCase("bos_token_id", "-1", "*bos_token_id*at least 0*")]
    [TestCase("rms_norm_eps", "0", "*rms_norm_eps*above 0*")]
    [TestCase("rms_norm_eps", "\"1e-6\"", "*rms_norm_eps*")]
    [TestCase("rope_theta", "1e999", "*rope_theta*")]
    [TestCase("rope_theta", "-1", "*rope_theta*")]
    [TestCase("tie_word_embeddings", "1", "*tie_word_embeddings*true or false*")]
    [TestCase("torch_dtype", "\"int8\"", "*torch_dtype*'int8'*")]
    [TestCase("torch_dtype", "16", "*torch_dtype*")]
    [TestCase("architectures", "\"LlamaForCausalLM\"", "*architectures*")]
    [TestCase("architectures", "[]", "*architectures*")]
    [TestCase("attention_bias", "\"yes\"", "*attention_bias*true or false*")]
    [TestCase("mlp_bias", "true", "*mlp_bias*")]
    [TestCase("bos_token_id", "32000", "*bos_token_id 32000*vocab_size 32000*")]
    [TestCase("eos_token_id", "[2,32000]", "*eos_token_id 32000*vocab_size 32000*")]
    [TestCase("eos_token_id", "null", "*no eos_token_id*")]
    [TestCase("eos_token_id", "[]", "*no eos_token_id*")]
    [TestCase("eos_token_id", "[\"</s>\"]", "*eos_token_id*whole number*")]
    [TestCase("hidden_act", "\"gelu\"", "*gelu*silu*")]
    [TestCase("hidden_act", "3", "*activation 3*")]
    public void A_senseless_field_is_named_with_its_file(string field, string value, string message) => MustRefuse(With((field, value)), message);

    [TestCase("", "*not valid JSON*")]
    [TestCase("[]", "*not a JSON object*")]
    [TestCase("{\"architectures\":\n[\"Llama", "*line 2*")]
    [TestCase("""{"architectures":["\ud800"]}""", "*not Unicode*")]
    public void Text_that_is_no_configuration_is_refused(string text, string message) => MustRefuse(text, message);

    [Test]
    public void More_layers_than_any_model_has_are_refused_before_their_weights_are_named() =>
        MustRefuse(With(("num_hidden_layers", "2147483647")), "*num_hidden_layers is 2147483647 and at most 2000*");

    [Test]
    public void A_file_of_more_than_a_megabyte_is_refused_unread() => MustRefuse(Least + new string(' ', 1 << 20), "*bytes*");

    [Test]
    public void A_missing_file_is_named()
    {
        using TestFolder folder = new();
        Action read = () => ConfigFile.Read(folder["config.json"]);
        read.Should().ThrowExactly<InputException>().WithMessage($"{folder["config.json"]} can't be read*");
    }

    private static string With(params (string Field, string Value)[] fields)
    {
        JsonObject json = JsonNode.Parse(Least)!.AsObject();
        foreach ((string field, string _) in fields)
            json.Remove(field);
        // As text, for a number may be one that JsonNode would normalise.
        return json.ToJsonString()[..^1] + string.Concat(fields.Select(f => $",\"{f.Field}\":{f.Value}")) + "}";
    }

    private static LlamaConfig Read(string text)
    {
        using TestFolder folder = new();
        File.WriteAllText(folder["config.json"], text);
        return ConfigFile.Read(folder["config.json"]);
    }

    private static void MustRefuse(string text, string message)
    {
        using TestFolder folder = new();
        File.WriteAllText(folder["config.json"], text);
        Action read = () => ConfigFile.Read(folder["config.json"]);
        read.Should().ThrowExactly<InputException>().WithMessage(message).And.Message.Should().StartWith(folder["config.json"]);
    }
}
