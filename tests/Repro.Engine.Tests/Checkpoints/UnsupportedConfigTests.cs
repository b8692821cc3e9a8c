using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>What a checkpoint may ask for and the engine does not compute is refused by its name.</summary>
public sealed class UnsupportedConfigTests
{
    [TestCase("GPTNeoXForCausalLM")]
    [TestCase("GPT2LMHeadModel")]
    [TestCase("GemmaForCausalLM")]
    [TestCase("PhiForCausalLM")]
    [TestCase("LlamaForSequenceClassification")]
    public void Another_architecture_is_named_with_those_that_are_supported(string architecture) =>
        MustRefuse("LLaMA-2 7B", json => json["architectures"] = new JsonArray(architecture), $"*{architecture}*LlamaForCausalLM, MistralForCausalLM, Qwen2ForCausalLM, Qwen3ForCausalLM, SmolLM3ForCausalLM, Olmo2ForCausalLM, Phi3ForCausalLM or Gemma2ForCausalLM.");

    [TestCase("MixtralForCausalLM")]
    [TestCase("Qwen2MoeForCausalLM")]
    [TestCase("Qwen3MoeForCausalLM")]
    [TestCase("PhimoeForCausalLM")]
    [TestCase("OlmoeForCausalLM")]
    public void A_mixture_of_experts_is_called_that(string architecture) =>
        MustRefuse("LLaMA-2 7B", json => json["architectures"] = new JsonArray(architecture), $"*a {architecture}, a mixture of experts, which is not supported*");

    [TestCase("num_local_experts")]
    [TestCase("num_experts")]
    [TestCase("n_routed_experts")]
    public void Experts_are_seen_whatever_the_class_is_called(string field)
    {
        MustRefuse("Mistral 7B", json => json[field] = 8, "*a MistralForCausalLM, a mixture of experts*");
        MustRefuse("Mistral 7B", json => (json[field], json["hidden_act"]) = (0, "gelu"), "*gelu*");
    }

    [Test]
    public void A_type_of_model_without_a_class_is_named() => MustRefuse("LLaMA-2 7B", json =>
    {
        json.Remove("architectures");
        json["model_type"] = "gpt2";
    }, "*a model of type 'gpt2', which is not supported*");

    [TestCase("gptq")]
    [TestCase("awq")]
    [TestCase("bitsandbytes")]
    public void Quantised_weights_are_named(string method) =>
        MustRefuse("LLaMA-2 7B", json => json["quantization_config"] = new JsonObject { ["quant_method"] = method, ["bits"] = 4 },
            $"*{method}*quantization_config*");

    [TestCase("linear", "type")]
    [TestCase("dynamic", "type")]
    [TestCase("yarn", "rope_type")]
    [TestCase("longrope", "rope_type")]
    public void Another_stretching_of_the_rotary_frequencies_is_named(string type, string field)
    {
        MustRefuse("LLaMA-2 7B", json => json["rope_scaling"] = new JsonObject { [field] = type, ["factor"] = 2.0 },
            $"*rope_scaling of type '{type}'*'llama3'*");
        MustRefuse("Qwen2 7B", json => json["rope_parameters"] = new JsonObject { [field] = type, ["factor"] = 2.0 }, $"*type '{type}'*");
    }

    [TestCase("factor")]
    [TestCase("low_freq_factor")]
    [TestCase("high_freq_factor")]
    [TestCase("original_max_position_embeddings")]
    [TestCase("rope_type")]
    public void A_part_of_the_stretching_that_is_missing_is_named(string field) =>
        MustRefuse("LLaMA-3.2 1B", json => json["rope_scaling"]!.AsObject().Remove(field), $"* lacks 'rope_scaling.{field}'*");

    [Test]
    public void Factors_in_the_wrong_order_are_refused() =>
        MustRefuse("LLaMA-3.2 1B", json => json["rope_scaling"]!["high_freq_factor"] = 1.0, "*high_freq_factor*above low_freq_factor*");

    [Test]
    public void Two_settings_of_the_rotary_embedding_are_refused() =>
        MustRefuse("LLaMA-3.2 1B", json => json["rope_parameters"] = json["rope_scaling"]!.DeepClone(),
            "*both rope_scaling and rope_parameters*");

    [Test]
    public void A_head_that_is_rotated_in_part_is_refused()
    {
        MustRefuse("LLaMA-2 7B", json => json["partial_rotary_factor"] = 0.5, "*partial_rotary_factor*");
        MustRefuse("LLaMA-2 7B",
            json => json["rope_parameters"] = new JsonObject { ["rope_type"] = "default", ["partial_rotary_factor"] = 0.5 },
            "*partial_rotary_factor*");
    }

    [Test]
    public void Biases_in_the_feed_forward_layer_are_refused([Values("LLaMA-3.2 1B", "SmolLM3 3B")] string name) =>
        MustRefuse(name, json => json["mlp_bias"] = true, "*mlp_bias*");

    [Test]
    public void Phi_3s_longer_contexts_are_refused_by_the_name_of_their_scaling([Values("longrope", "su")] string type) => MustRefuse(
        "Phi-3 mini 4k",
        json => json["rope_scaling"] = new JsonObject { ["type"] = type, ["short_factor"] = new JsonArray(1.0), ["long_factor"] = new JsonArray(1.0) },
        $"*rope_scaling of type '{type}'*");

    [Test]
    public void Phi_4s_partly_rotated_heads_are_refused() => MustRefuse("Phi-3 mini 4k", json => json["partial_rotary_factor"] = 0.75, "*partial_rotary_factor*");

    [Test]
    public void Another_gate_than_Gemma_2s_is_named() => MustRefuse("Gemma-2 2B", json => json["hidden_activation"] = "silu", "*silu*only gelu_pytorch_tanh*");

    [Test]
    public void Attention_to_later_tokens_is_refused() => MustRefuse("Gemma-2 2B", json => json["use_bidirectional_attention"] = true, "*use_bidirectional_attention*");

    [Test]
    public void A_list_of_rotated_layers_that_is_too_short_is_refused() =>
        MustRefuse("SmolLM3 3B", json => json["no_rope_layers"] = new JsonArray(1, 0), "*no_rope_layers has 2 entries for 36 layers*");

    [TestCase("Qwen2 7B")]
    [TestCase("Qwen3 8B")]
    public void Qwen_without_an_end_of_text_is_refused(string name) => MustRefuse(name, json => json.Remove("eos_token_id"), "*no eos_token_id*");

    private static void MustRefuse(string name, Action<JsonObject> edit, string message)
    {
        using TemporaryFolder folder = new();
        JsonObject json = PublishedConfigs.Get(name);
        edit(json);
        File.WriteAllText(folder.File("config.json"), json.ToJsonString());
        Action read = () => ConfigReader.Read(folder.File("config.json"));
        read.Should().ThrowExactly<InputException>().WithMessage(message).And.Message.Should().StartWith(folder.File("config.json"));
    }
}
