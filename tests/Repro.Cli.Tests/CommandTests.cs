using System.Globalization;
using System.Text.Json;
using NJsonSchema;
using Repro.Engine.Safetensors;
using Repro.Report.Model;

namespace Repro.Cli.Tests;

public sealed class CommandTests
{
    [Test]
    public void Perplexity_as_json_is_the_exponential_of_its_sums()
    {
        ReproOutcome outcome = ReproProcess.Run(
            "perplexity", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "en", "--json");
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
        Succeed("importance", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "ru", "--samples", "20",
            "--out", map);
        Succeed("region", "top", "--importance", map, "--ratio", "0.03", "--out", folder.File("top.safetensors"));
        Succeed("region", "bottom", "--importance", map, "--ratio", "0.03", "--out", folder.File("bottom.safetensors"));
        Succeed("region", "random", "--checkpoint", ReproProcess.Tiny, "--ratio", "0.03", "--out", folder.File("random.safetensors"));
        Succeed("region", "except", folder.File("top.safetensors"), folder.File("random.safetensors"), "--out",
            folder.File("rest.safetensors"));

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
    public void The_claims_are_listed() => Succeed("verify", "--list").Should().Contain("table-14-top-3").And.Contain("table-05-ru-only");

    [Test]
    public void A_corpus_without_the_languages_makes_claims_not_applicable_and_the_exit_code_1()
    {
        using TemporaryFolder folder = new();
        folder.Write("xx/test.txt", "The kettle is on.\nNobody came.\n");
        ReproOutcome outcome = ReproProcess.Run("verify", "--corpus", folder.Path, "--claims", "table-14", "--json", "--no-cache");
        outcome.ExitCode.Should().Be(1, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        json.RootElement.GetProperty("checkpoints")[0].GetProperty("report").GetProperty("verdicts").EnumerateArray()
            .Select(v => v.GetProperty("verdict").GetString()).Distinct().Should().Equal("NotApplicable");
    }

    [Test]
    public void Goldens_are_shown_by_the_folder_they_are_in()
    {
        string[] lines = Succeed("goldens", "status").Split('\n')[1..^1];
        lines.Should().OnlyContain(l => l.EndsWith(" verified", StringComparison.Ordinal));
        lines.Select(l => l.Split(' ')[0]).Should().Contain(["tables/table-14", "claims/table-14-top-3", "robustness", "control-untrained"]).And.OnlyHaveUniqueItems();
    }

    [Test]
    public void Accepting_goldens_is_refused_in_ci()
    {
        ReproOutcome outcome = ReproProcess.Run(new Dictionary<string, string> { ["CI"] = "true" }, "goldens", "accept");
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("CI");
    }

    [Test]
    public void A_second_verification_recalls_what_the_first_one_kept()
    {
        using TemporaryFolder folder = new();
        string[] verify = ["verify", "--claims", "figure-02,appendix-b", "--cache", folder.File("cache"), "--detailed"];
        string first = Succeed(verify);
        string[] kept = Directory.GetFiles(folder.File("cache"), "*.json", SearchOption.AllDirectories);
        kept.Should().NotBeEmpty();
        Dictionary<string, DateTime> written = kept.ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Succeed(verify).Should().Be(first);
        Directory.GetFiles(folder.File("cache"), "*.json", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc)
            .Should().Equal(written);
    }

    [Test]
    public async Task Verification_writes_its_report()
    {
        using TemporaryFolder folder = new();
        Succeed("verify", "--claims", "figure-02", "--no-cache", "--out", folder.File("report"));
        Directory.GetFiles(folder.File("report")).Select(Path.GetFileName)
            .Should().BeEquivalentTo("index.html", "report.md", "results.json", "measurements.json", "verdicts.txt", "figure-02.txt");
        foreach (string page in new[] { "index.html", "report.md", "verdicts.txt" })
            File.ReadAllText(folder.File($"report/{page}")).Should().Contain("The core region is concentrated in rows and columns");

        JsonSchema schema = await JsonSchema.FromJsonAsync(ResultsFile.Schema()).ConfigureAwait(false);
        schema.Validate(File.ReadAllText(folder.File("report/results.json"))).Select(e => e.ToString()).Should().BeEmpty();
        using JsonDocument results = JsonDocument.Parse(File.ReadAllText(folder.File("report/results.json")));
        JsonElement report = results.RootElement.GetProperty("checkpoints")[0].GetProperty("report");
        report.TryGetProperty("untrained", out _).Should().BeFalse("a claim that is named is decided alone");
        report.TryGetProperty("robustness", out _).Should().BeFalse();
        report.GetProperty("tables").EnumerateArray().Select(t => t.GetProperty("table").GetString()).Should().Equal("figure-02");
    }

    [Test]
    public void A_frozen_region_keeps_its_weights_while_the_others_train()
    {
        using TemporaryFolder folder = new();
        string region = folder.File("random.safetensors");
        Succeed("region", "random", "--checkpoint", ReproProcess.Tiny, "--ratio", "1", "--out", region);
        Succeed("train", "--corpus", ReproProcess.Corpora, "--from", ReproProcess.Tiny, "--freeze", region, "--steps", "2", "--batch", "2",
            "--out", folder.File("trained"));

        using SafetensorsFile before = SafetensorsFile.Open(Path.Combine(ReproProcess.Tiny, "model.safetensors"));
        using SafetensorsFile after = SafetensorsFile.Open(folder.File("trained/model.safetensors"));
        const string Query = "model.layers.0.self_attn.q_proj.weight";
        const string Embedding = "model.embed_tokens.weight";
        Bytes(after, Query).Should().Equal(Bytes(before, Query), "every weight of every block is in the region");
        Bytes(after, Embedding).Should().NotEqual(Bytes(before, Embedding), "the embedding is not");
    }

    private static byte[] Bytes(SafetensorsFile file, string name) => file.Read(name).bytes.ToArray();

    private static double Nats(params string[] edits)
    {
        string output = Succeed(
            ["perplexity", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "ru", "--json", .. edits]);
        using JsonDocument json = JsonDocument.Parse(output);
        return Math.Log(json.RootElement.GetProperty("ru").GetProperty("perplexity").GetDouble());
    }

    private static string Succeed(params string[] arguments)
    {
        ReproOutcome outcome = ReproProcess.Run(arguments);
        outcome.ExitCode
            .Should().Be(0, $"repro {string.Join(' ', arguments)} says: {outcome.Error.ToString(CultureInfo.InvariantCulture)}");
        return outcome.Output;
    }
}
