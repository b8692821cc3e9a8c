using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Checkpoints;

public sealed class CheckpointTests
{
    private string folder = "";

    private string Config => Path.Combine(folder, "config.json");

    private string Weights => Path.Combine(folder, "model.safetensors");

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [TestCase(null)]
    [TestCase(1000L)]
    public void A_model_survives_its_folder(long? maxShardBytes)
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config(keyValueHeads: 1));
        Checkpoint.Save(folder, model, maxShardBytes: maxShardBytes);
        File.Exists(Path.Combine(folder, "model.safetensors.index.json")).Should().Be(maxShardBytes is not null);
        using LlamaModel read = Checkpoint.Load(folder);
        read.Config.Should().Be(model.Config);
        WeightFingerprint.Of(read).Should().Be(WeightFingerprint.Of(model));
    }

    [Test]
    public void A_small_model_is_held_in_float32_on_a_CPU_unless_another_type_is_asked_for()
    {
        Save(type: ScalarType.BFloat16);
        using LlamaModel held = Checkpoint.Load(folder);
        using LlamaModel stored = Checkpoint.Load(folder, ScalarType.BFloat16);
        held.Parameters["lm_head.weight"].dtype.Should().Be(ScalarType.Float32);
        stored.Parameters["lm_head.weight"].dtype.Should().Be(ScalarType.BFloat16);
        stored.Values("lm_head.weight").Should().Equal(held.Values("lm_head.weight"));
    }

    [TestCase("hidden_size")]
    [TestCase("intermediate_size")]
    [TestCase("num_hidden_layers")]
    [TestCase("num_attention_heads")]
    [TestCase("vocab_size")]
    public void A_missing_field_is_named(string field)
    {
        Save();
        EditConfig(config => config.Remove(field));
        MustRefuse($"*config.json*{field}*");
    }

    [TestCase("hidden_size", "\"wide\"")]
    [TestCase("hidden_size", "-8")]
    [TestCase("hidden_size", "1e12")]
    [TestCase("num_attention_heads", "3")]
    [TestCase("num_key_value_heads", "0")]
    [TestCase("rope_theta", "\"x\"")]
    public void A_senseless_field_is_named(string field, string value)
    {
        Save();
        EditConfig(config => config[field] = JsonNode.Parse(value));
        MustRefuse("*config.json*");
    }

    [Test]
    public void Another_architecture_is_refused()
    {
        Save();
        EditConfig(config => config["architectures"] = JsonNode.Parse("""["GPT2LMHeadModel"]"""));
        MustRefuse("*GPT2LMHeadModel*");
    }

    [Test]
    public void Configuration_that_is_not_json_is_refused()
    {
        Save();
        File.WriteAllText(Config, "{");
        MustRefuse("*config.json*");
    }

    [Test]
    public void A_missing_tensor_is_named()
    {
        Rewrite(tensors => tensors.Remove("model.norm.weight"));
        MustRefuse("*lacks*model.norm.weight*");
    }

    [Test]
    public void An_extra_tensor_is_named()
    {
        Rewrite(tensors => tensors["extra.weight"] = tensors["model.norm.weight"]);
        MustRefuse("*extra.weight*");
    }

    [Test]
    public void A_wrong_shape_is_named()
    {
        Rewrite(tensors => tensors["model.norm.weight"] = ones(9));
        MustRefuse("*model.norm.weight*[9]*[8]*");
    }

    [Test]
    public void A_wrong_type_is_named()
    {
        Rewrite(tensors => tensors["model.norm.weight"] = ones(8, ScalarType.Int32));
        MustRefuse("*model.norm.weight*I32*");
    }

    [Test]
    public void A_missing_shard_is_named()
    {
        using (LlamaModel model = TinyModels.Random(TinyModels.Config()))
            Checkpoint.Save(folder, model, maxShardBytes: 1000);
        string shard = Directory.EnumerateFiles(folder, "model-00002-*").Single();
        File.Delete(shard);
        MustRefuse($"*{Path.GetFileName(shard)}*");
    }

    [Test]
    public void A_shard_outside_the_folder_is_refused()
    {
        Save();
        File.Move(Weights, Path.Combine(folder, "x.safetensors"));
        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), """{"weight_map":{"model.norm.weight":"../../etc/passwd"}}""");
        MustRefuse("*passwd*");
    }

    [Test]
    public void The_hash_follows_the_weights()
    {
        Save();
        string before = Checkpoint.Hash(folder);
        Checkpoint.Hash(folder).Should().Be(before);
        Rewrite(tensors => tensors["model.norm.weight"] = ones(8) * 2);
        Checkpoint.Hash(folder).Should().NotBe(before);
    }

    private void Save(ScalarType type = ScalarType.Float32)
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        Checkpoint.Save(folder, model, type);
    }

    private void EditConfig(Action<JsonObject> edit)
    {
        JsonObject config = JsonNode.Parse(File.ReadAllText(Config))!.AsObject();
        edit(config);
        File.WriteAllText(Config, config.ToJsonString());
    }

    private void Rewrite(Action<Dictionary<string, Tensor>> edit)
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        Checkpoint.Save(folder, model);
        Dictionary<string, Tensor> tensors = model.Parameters.ToDictionary(p => p.Key, p => p.Value.detach());
        edit(tensors);
        SafetensorsFile.Write(Weights, tensors);
    }

    private void MustRefuse(string message) =>
        FluentActions.Invoking(() => Checkpoint.Load(folder).Dispose()).Should().Throw<InputException>().WithMessage(message);
}
