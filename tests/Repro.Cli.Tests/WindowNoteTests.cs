using System.Text.Json.Nodes;

namespace Repro.Cli.Tests;

/// <summary>A checkpoint whose attention slides over a window: each command says once, beside its results, what it does about it.</summary>
public sealed class WindowNoteTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CopyTheTinyModelAsAMistral()
    {
        folder = new TemporaryFolder();
        foreach (string name in new[] { "model.safetensors", "tokenizer.model" })
            File.Copy(Path.Combine(ReproProcess.Tiny, name), folder.File(name));
        JsonObject config = JsonNode.Parse(File.ReadAllText(Path.Combine(ReproProcess.Tiny, "config.json")))!.AsObject();
        (config["architectures"], config["model_type"], config["sliding_window"]) = (new JsonArray("MistralForCausalLM"), "mistral", 64);
        folder.Write("config.json", config.ToJsonString());
        folder.Write("text.txt", "The old house stands by the river.\n");
        folder.Write("empty/xx.txt", "x\n");
    }

    [TearDown]
    public void Remove() => folder.Dispose();

    [TestCase("perplexity --text TEXT --json")]
    [TestCase("importance --text TEXT --out MAP")]
    [TestCase("generate --prompt The --tokens 3")]
    [TestCase("verify --claims table-14-top-3 --corpus EMPTY --no-cache")]
    public void The_note_is_on_standard_error_and_nowhere_else(string command)
    {
        string[] arguments = [.. command.Split(' ').Select(a => a switch { "TEXT" => folder.File("text.txt"), "MAP" => folder.File("map"), "EMPTY" => folder.File("empty"), _ => a })];
        ReproOutcome outcome = ReproProcess.Run([.. arguments, "--checkpoint", folder.Path]);
        outcome.Error.Split("slides over a window of 64 tokens").Should().HaveCount(2, outcome.Error);
        outcome.Error.Should().Contain("documents are held to 64 tokens instead of 128");
        outcome.Output.Should().NotContain("window");
    }
}
