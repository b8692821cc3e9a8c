namespace Repro.Cli.Tests;

/// <summary>Bad input gets one sentence on standard error and exit code 2, never a stack trace.</summary>
public sealed class BadInputTests
{
    private static IEnumerable<TestCaseData> Commands()
    {
        yield return Case("An_unknown_command", "'nonsense'", "nonsense");
        yield return Case("A_missing_required_option", "--checkpoint", "perplexity");
        yield return Case("A_missing_checkpoint", "no checkpoint folder", "perplexity", "--checkpoint", "/nowhere", "--text", "x");
        yield return Case("A_missing_text", "missing.txt", "perplexity", "--checkpoint", ReproProcess.Tiny, "--text", "missing.txt");
        yield return Case("No_text_at_all", "Name one text", "perplexity", "--checkpoint", ReproProcess.Tiny);
        yield return Case("An_unknown_language", "no language 'xx'", "perplexity", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "xx");
        yield return Case("An_unknown_device", "'tpu' is not a device", "perplexity", "--checkpoint", ReproProcess.Tiny, "--text", "x", "--device", "tpu");
        yield return Case("A_malformed_edit", "NAME[i,j]=V", "perplexity", "--checkpoint", ReproProcess.Tiny, "--text", "x", "--set", "nonsense");
        yield return Case("A_region_that_is_none", "is not", "perplexity", "--checkpoint", ReproProcess.Tiny, "--text", "x", "--remove", Path.Combine(ReproProcess.Tiny, "model.safetensors"));
        yield return Case("A_ratio_above_one", "--ratio", "region", "random", "--checkpoint", ReproProcess.Tiny, "--ratio", "3", "--out", "/tmp/never.safetensors");
        yield return Case("An_unknown_shape", "neither a config.json nor a known shape", "checkpoint", "random", "--shape", "llama9", "--out", "/tmp/never");
        yield return Case("An_amount_of_memory_that_is_none", "not an amount of memory", "perplexity", "--checkpoint", ReproProcess.Tiny, "--text", Path.Combine(ReproProcess.Corpora, "en/test.txt"), "--memory", "much");
        yield return Case("Too_few_training_documents", "--training-documents", "verify", "--training-documents", "7");
        yield return Case("A_profile_without_its_checkpoint", "set REPRO_LLAMA2_7B", "verify", "--profile", "llama2-7b");
        yield return Case("An_unknown_profile", "no profile 'huge'", "verify", "--profile", "huge");
        yield return Case("An_unknown_claim", "no claim 'table-99'", "verify", "--claims", "table-99");
        yield return Case("A_missing_corpus", "no corpus folder", "verify", "--corpus", "/nowhere");
        yield return Case("Freezing_without_a_checkpoint", "--from", "train", "--corpus", ReproProcess.Corpora, "--shape", Path.Combine(ReproProcess.Tiny, "config.json"), "--freeze", "x", "--out", "/tmp/never");
        yield return Case("Training_without_a_step", "--steps", "train", "--corpus", ReproProcess.Corpora, "--shape", Path.Combine(ReproProcess.Tiny, "config.json"), "--steps", "0", "--out", "/tmp/never");
        yield return Case("A_learning_rate_of_0", "--learning-rate", "train", "--corpus", ReproProcess.Corpora, "--shape", Path.Combine(ReproProcess.Tiny, "config.json"), "--learning-rate", "0", "--out", "/tmp/never");
        yield return Case("A_held_out_corpus_that_is_missing", "no corpus folder", "train", "--corpus", ReproProcess.Corpora, "--hold-out", "/nowhere", "--shape", Path.Combine(ReproProcess.Tiny, "config.json"), "--steps", "1", "--out", "/tmp/never");
        yield return Case("A_missing_further_corpus", "no corpus folder", "verify", "--further-corpus", "/nowhere", "--no-cache");
        yield return Case("An_empty_prompt_count", "--tokens", "generate", "--checkpoint", ReproProcess.Tiny, "--prompt", "x", "--tokens", "0");
        yield return Case("Importance_of_many_languages", "--language", "importance", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--out", "/tmp/never.safetensors");
    }

    [TestCaseSource(nameof(Commands))]
    public void It_is_refused_in_one_sentence(string message, string[] arguments)
    {
        ReproOutcome outcome = ReproProcess.Run(arguments);
        outcome.ExitCode.Should().Be(2, outcome.Error);
        outcome.Error.Should().StartWith("repro: ").And.Contain(message).And.NotContain("   at ");
        outcome.Output.Should().BeEmpty();
    }

    [Test]
    public void A_truncated_checkpoint_is_refused()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.EnumerateFiles(ReproProcess.Tiny))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        using (FileStream weights = File.OpenWrite(folder.File("model.safetensors")))
            weights.SetLength(weights.Length / 2);

        ReproOutcome outcome = ReproProcess.Run("perplexity", "--checkpoint", folder.Path, "--text", "x");
        outcome.ExitCode.Should().Be(2, outcome.Error);
        outcome.Error.Should().Contain("model.safetensors").And.NotContain("   at ");
    }

    [Test]
    public void Text_that_is_not_utf8_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("latin1.txt"), [0x66, 0xE9, 0x0A]);
        ReproOutcome outcome = ReproProcess.Run("perplexity", "--checkpoint", ReproProcess.Tiny, "--text", folder.File("latin1.txt"));
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("not UTF-8");
    }

    [Test]
    public void A_token_id_outside_the_vocabulary_is_refused_with_its_line()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run("perplexity", "--checkpoint", ReproProcess.Tiny, "--token-ids", folder.Write("ids.txt", "1 5 6\n1 5 99999\n"));
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("line 2").And.Contain("99999");
    }

    [Test]
    public void A_libtorch_folder_without_libtorch_ends_with_the_environments_code()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run(
            new Dictionary<string, string> { ["REPRO_LIBTORCH"] = folder.Path }, "perplexity", "--checkpoint", ReproProcess.Tiny, "--text", "x");
        outcome.ExitCode.Should().Be(3, outcome.Error);
        outcome.Error.Should().Contain("REPRO_LIBTORCH").And.NotContain("   at ");
    }

    [Test]
    public void An_output_that_can_not_be_written_ends_with_the_environments_code()
    {
        ReproOutcome outcome = ReproProcess.Run("region", "random", "--checkpoint", ReproProcess.Tiny, "--ratio", "0.01", "--out", "/proc/never/region.safetensors");
        outcome.ExitCode.Should().Be(3, outcome.Error);
        outcome.Error.TrimEnd().Split('\n')[^1].Should().StartWith("repro: ").And.EndWith(".");
        outcome.Error.Should().NotContain("   at ");
    }

    private static TestCaseData Case(string name, string message, params string[] arguments) => new TestCaseData(message, arguments).SetName(name + "_is_refused_in_one_sentence");
}
