using System.Globalization;
using System.Text.Json;

namespace Repro.Cli.Tests;

public sealed class CommandTests
{
    [TestCase("verify")]
    [TestCase("train")]
    [TestCase("importance")]
    [TestCase("region")]
    [TestCase("perplexity")]
    [TestCase("generate")]
    public void Help_shows_examples(string command)
    {
        ReproOutcome outcome = ReproProcess.Run(command, "--help");
        outcome.ExitCode.Should().Be(0);
        outcome.Output.Should().Contain("Examples:").And.Contain($"repro {command}");
    }

    [Test]
    public void Perplexity_as_json_is_the_exponential_of_its_sums()
    {
        ReproOutcome outcome = ReproProcess.Run("perplexity", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "en", "--json");
        outcome.ExitCode.Should().Be(0, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement english = json.RootElement.GetProperty("en");
        JsonElement[] documents = [.. english.GetProperty("documents").EnumerateArray()];
        double nll = documents.Sum(d => d.GetProperty("nll").GetDouble());
        long tokens = documents.Sum(d => d.GetProperty("tokens").GetInt64());
        english.GetProperty("nll").GetDouble().Should().BeApproximately(nll, 1e-9 * nll);
        english.GetProperty("tokens").GetInt64().Should().Be(tokens);
        english.GetProperty("perplexity").GetDouble().Should().BeApproximately(Math.Exp(nll / tokens), 1e-9 * Math.Exp(nll / tokens));
    }

    [Test]
    public void Importance_then_region_then_removal_changes_perplexity_more_than_a_random_region()
    {
        using TemporaryFolder folder = new();
        string map = folder.File("en.safetensors");
        Succeed("importance", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "ru", "--samples", "20", "--out", map);
        Succeed("region", "top", "--importance", map, "--ratio", "0.03", "--out", folder.File("top.safetensors"));
        Succeed("region", "bottom", "--importance", map, "--ratio", "0.03", "--out", folder.File("bottom.safetensors"));
        Succeed("region", "random", "--checkpoint", ReproProcess.Tiny, "--ratio", "0.03", "--out", folder.File("random.safetensors"));
        Succeed("region", "except", folder.File("top.safetensors"), folder.File("random.safetensors"), "--out", folder.File("rest.safetensors"));

        double top = Nats("--remove", folder.File("top.safetensors"));
        double random = Nats("--remove", folder.File("random.safetensors"));
        double bottom = Nats("--remove", folder.File("bottom.safetensors"));
        double none = Nats();
        top.Should().BeGreaterThan(random).And.BeGreaterThan(none);
        Math.Abs(bottom - none).Should().BeLessThan(top - none);
    }

    [Test]
    public void One_scaled_weight_changes_perplexity_and_a_factor_of_one_does_not()
    {
        const string Weight = "model.layers.0.input_layernorm.weight[5]";
        Nats("--scale", Weight + "=1").Should().Be(Nats());
        Nats("--scale", Weight + "=50").Should().NotBe(Nats());
    }

    [Test]
    public void Greedy_generation_is_the_same_every_time_and_sampling_follows_its_seed()
    {
        string[] prompt = ["generate", "--checkpoint", ReproProcess.Tiny, "--prompt", "The old house", "--tokens", "12"];
        string greedy = Succeed(prompt);
        greedy.Should().StartWith("The old house").And.Be(Succeed(prompt));
        string[] Sampled(string seed) => [.. prompt, "--temperature", "1.5", "--seed", seed];
        Succeed(Sampled("1")).Should().Be(Succeed(Sampled("1"))).And.NotBe(Succeed(Sampled("2")));
    }

    [Test]
    public void The_claims_are_listed() => Succeed("verify", "--list").Should().Contain("table-14-top-3").And.Contain("table-05-ru-own");

    [Test]
    public void A_corpus_without_the_languages_makes_claims_not_applicable_and_the_exit_code_1()
    {
        using TemporaryFolder folder = new();
        folder.Write("en/test.txt", "The kettle is on.\nNobody came.\n");
        ReproOutcome outcome = ReproProcess.Run("verify", "--corpus", folder.Path, "--claims", "table-14", "--json");
        outcome.ExitCode.Should().Be(1, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        json.RootElement.GetProperty("verdicts").EnumerateArray().Should().OnlyContain(v => v.GetProperty("verdict").GetString() == "NotApplicable");
    }

    [Test]
    public void Accepting_goldens_is_refused_in_ci()
    {
        ReproOutcome outcome = ReproProcess.Run(new Dictionary<string, string> { ["CI"] = "true" }, "goldens", "accept");
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("CI");
    }

    private static double Nats(params string[] edits)
    {
        string output = Succeed(["perplexity", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "ru", "--json", .. edits]);
        using JsonDocument json = JsonDocument.Parse(output);
        return Math.Log(json.RootElement.GetProperty("ru").GetProperty("perplexity").GetDouble());
    }

    private static string Succeed(params string[] arguments)
    {
        ReproOutcome outcome = ReproProcess.Run(arguments);
        outcome.ExitCode.Should().Be(0, $"repro {string.Join(' ', arguments)} says: {outcome.Error.ToString(CultureInfo.InvariantCulture)}");
        return outcome.Output;
    }
}
