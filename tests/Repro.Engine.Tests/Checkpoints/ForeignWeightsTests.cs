using Repro.Engine.Files;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>Weights in another format are refused with the reason and the way out.</summary>
public sealed class ForeignWeightsTests
{
    [TestCase("pytorch_model.bin")]
    [TestCase("pytorch_model-00001-of-00002.bin")]
    [TestCase("pytorch_model.pt")]
    [TestCase("model.pth")]
    public void Pickles_are_refused_with_the_command_that_writes_safetensors(string name)
    {
        using SavedCheckpoint saved = new();
        File.Move(saved["model.safetensors"], saved[name]);
        saved.Loading.Should().ThrowExactly<InputException>()
            .WithMessage($"{saved.Root}*({name})*pickle*run any code*from_pretrained('{saved.Root}'*save_pretrained(*safe_serialization=True)*");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Metas_own_format_is_refused_with_the_script_that_converts_it_whether_there_is_a_config_or_not(bool withConfig)
    {
        using SavedCheckpoint saved = new();
        File.Move(saved["model.safetensors"], saved["consolidated.00.pth"]);
        if (!withConfig)
            File.Delete(saved["config.json"]);
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage("*consolidated.00.pth*pickle*run any code*convert_llama_weights_to_hf --input_dir*");
    }

    [TestCase("model-Q4_K_M.gguf", "*GGUF*model-Q4_K_M.gguf*")]
    [TestCase("adapter_model.safetensors", "*adapter*adapter_model.safetensors*merge*")]
    public void Other_formats_are_refused_by_name(string name, string message)
    {
        using SavedCheckpoint saved = new();
        File.Move(saved["model.safetensors"], saved[name]);
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage(message);
        File.Delete(saved["config.json"]);
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage(message);
    }

    [Test]
    public void What_a_training_left_behind_is_no_weights()
    {
        using SavedCheckpoint saved = new();
        File.Move(saved["model.safetensors"], saved["training_args.bin"]);
        File.WriteAllText(saved["optimizer.pt"], "");
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage($"{saved.Root} holds neither model.safetensors nor*");
    }

    [Test]
    public void Pickles_beside_safetensors_are_left_alone()
    {
        using SavedCheckpoint saved = new();
        File.WriteAllText(saved["pytorch_model.bin"], "");
        saved.Loading.Should().NotThrow();
    }
}
