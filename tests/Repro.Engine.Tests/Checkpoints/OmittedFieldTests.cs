using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>A <c>config.json</c> without its class or its type of weights is read all the same, and a note says what was taken.</summary>
public sealed class OmittedFieldTests
{
    [Test]
    public void A_class_that_is_missing_follows_from_the_type_of_model()
    {
        using HandMadeCheckpoint checkpoint = new("Qwen3 0.6B", edit: json => json.Remove("architectures"));
        LlamaConfig config = Checkpoint.Check(checkpoint.Root);
        config.Architecture.Should().Be(new Qwen3());
        config.Notes().Should().ContainSingle().Which.Should().Contain("(architectures)").And.Contain("Qwen3ForCausalLM").And.Contain("'qwen3'");
    }

    [TestCase(ScalarType.BFloat16, "bfloat16")]
    [TestCase(ScalarType.Float16, "float16")]
    [TestCase(ScalarType.Float32, "float32")]
    public void A_type_of_weights_that_is_missing_is_the_stored_ones(ScalarType type, string name)
    {
        using HandMadeCheckpoint checkpoint = new("LLaMA-2 7B", type, sharded: true, json => json.Remove("torch_dtype"));
        LlamaConfig config = Checkpoint.ReadConfig(checkpoint.Root);
        config.WeightType.Should().Be(type);
        config.Notes().Should().ContainSingle().Which.Should().Contain("(torch_dtype)").And.Contain($"{name} is taken");
    }

    [Test]
    public void Of_several_stored_types_the_one_with_the_most_elements_is_taken()
    {
        using HandMadeCheckpoint checkpoint = new("LLaMA-2 7B", ScalarType.BFloat16, edit: json => json.Remove("torch_dtype"), normType: ScalarType.Float32);
        Checkpoint.ReadConfig(checkpoint.Root).WeightType.Should().Be(ScalarType.BFloat16);
    }

    [Test]
    public void What_was_taken_is_stated_when_the_model_is_saved()
    {
        using TemporaryFolder saved = new();
        using HandMadeCheckpoint checkpoint = new("LLaMA-2 7B", ScalarType.Float16, edit: json =>
        {
            json.Remove("torch_dtype");
            json.Remove("architectures");
        });
        using LlamaModel model = Checkpoint.Load(checkpoint.Root);
        model.Config.Notes().Should().HaveCount(2);
        Checkpoint.Save(saved.Path, model);
        LlamaConfig read = Checkpoint.ReadConfig(saved.Path);
        read.Notes().Should().BeEmpty();
        read.Should().Be(model.Config with { Assumptions = new() });
    }

    [Test]
    public void A_type_that_neither_the_file_nor_weights_beside_it_say_is_missing()
    {
        using HandMadeCheckpoint checkpoint = new("LLaMA-2 7B", edit: json => json.Remove("torch_dtype"));
        File.Delete(Path.Combine(checkpoint.Root, "model.safetensors"));
        Action read = () => Checkpoint.ReadConfig(checkpoint.Root);
        read.Should().ThrowExactly<InputException>().WithMessage("* lacks 'torch_dtype'*");
    }
}
