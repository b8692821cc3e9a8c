using System.Text;
using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Fuzz.Tests.Inputs;
using Repro.Harness.Verification;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>The files of a checkpoint's folder, but for its tokenizer.</summary>
internal static class CheckpointTargets
{
    private const string ConfigName = "config.json";
    private const string IndexName = "model.safetensors.index.json";
    private const string WeightsName = "model.safetensors";

    private static readonly string[] Published =
    [
        """{"architectures":["LlamaForCausalLM"],"model_type":"llama","attention_bias":false,"bos_token_id":128000,"eos_token_id":[128001,128008],"hidden_act":"silu","hidden_size":2048,"intermediate_size":8192,"max_position_embeddings":131072,"num_attention_heads":32,"num_hidden_layers":16,"num_key_value_heads":8,"head_dim":64,"rms_norm_eps":1e-05,"rope_scaling":{"factor":32.0,"high_freq_factor":4.0,"low_freq_factor":1.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},"rope_theta":500000.0,"tie_word_embeddings":true,"torch_dtype":"bfloat16","vocab_size":128256}""",
        """{"architectures":["MistralForCausalLM"],"bos_token_id":1,"eos_token_id":2,"hidden_act":"silu","hidden_size":4096,"intermediate_size":14336,"max_position_embeddings":32768,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"rms_norm_eps":1e-05,"rope_theta":10000.0,"sliding_window":4096,"tie_word_embeddings":false,"torch_dtype":"bfloat16","vocab_size":32000}""",
        """{"architectures":["Qwen2ForCausalLM"],"bos_token_id":151643,"eos_token_id":151643,"hidden_act":"silu","hidden_size":896,"intermediate_size":4864,"layer_types":["full_attention","sliding_attention"],"max_position_embeddings":32768,"max_window_layers":24,"num_attention_heads":14,"num_hidden_layers":2,"num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_parameters":{"rope_theta":1000000.0,"rope_type":"default"},"sliding_window":32768,"tie_word_embeddings":true,"dtype":"bfloat16","use_sliding_window":true,"vocab_size":151936}""",
    ];

    public static FuzzTarget Config()
    {
        string[] valid = [.. Published, File.ReadAllText(SmallModel.Fixture("tiny", ConfigName))];
        return Make("config", ConfigName, valid, folder => ConfigReader.Read(Path.Combine(folder, ConfigName)).Notes().Should().NotContainNulls());
    }

    public static FuzzTarget ConfigBesideWeights() => Make("checkpoint-config", ConfigName, [Text(ConfigName, SmallModel.Write)], Load) with { Prepare = SmallModel.Write };

    public static FuzzTarget Weights()
    {
        byte[] valid = SmallModel.InFolder(folder =>
        {
            SmallModel.Write(folder);
            return File.ReadAllBytes(Path.Combine(folder, WeightsName));
        });
        return new FuzzTarget("checkpoint-weights", WeightsName, [valid], SafetensorsInputs.OneThingWrong(valid), Reading(Load)) { Prepare = SmallModel.Write };
    }

    public static FuzzTarget Index() => Make("checkpoint-index", IndexName, [Text(IndexName, WriteShards)], Load) with { Prepare = WriteShards };

    public static FuzzTarget Provenance() => Make("provenance", "provenance.json", ["""{"command":"repro train","weights":"0123","losses":[1.5,2]}"""], folder => RecordedHash.Of(folder));

    private static void WriteShards(string folder)
    {
        using LlamaModel model = SmallModel.Load();
        Checkpoint.Save(folder, model, maxShardBytes: 1_000);
    }

    private static void Load(string folder)
    {
        Checkpoint.Check(folder);
        Checkpoint.Hash(folder);
        using LlamaModel model = Checkpoint.Load(folder);
    }

    private static string Text(string name, Action<string> write) => SmallModel.InFolder(folder =>
    {
        write(folder);
        return File.ReadAllText(Path.Combine(folder, name));
    });

    private static FuzzTarget Make(string name, string file, string[] valid, Action<string> read) =>
        new(name, file, [.. valid.Select(Encoding.UTF8.GetBytes)], JsonInputs.OneThingWrong(valid), Reading(read));

    private static Func<string, string?> Reading(Action<string> read) => folder =>
    {
        read(folder);
        return null;
    };
}
