using Repro.Engine.Safetensors;

namespace Repro.Cli.Tests;

/// <summary>What people do with a checkpoint that does not fit, on one that does: every plan ends with the same bytes.</summary>
public sealed class LargeModelTests
{
    private const string Ids = "1 17 300 4000 52 2\n1 9 9 81 2\n1 700 701 702 703 704 705 2\n";

    [Test]
    public void A_random_checkpoint_is_measured_located_removed_and_measured_again_within_any_budget()
    {
        using TemporaryFolder folder = new();
        string checkpoint = folder.File("random");
        folder.Write("ids.txt", Ids);
        folder.Write("shape/config.json", File.ReadAllText(Path.Combine(ReproProcess.Tiny, "config.json")).Replace("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 16", StringComparison.Ordinal));
        ReproProcess.Run("checkpoint", "random", "--shape", folder.File("shape/config.json"), "--type", "bfloat16", "--out", checkpoint).Error.Should().Contain(" MB of random weights");

        string[] resident = Pipeline(folder, checkpoint, "resident", null);
        string[] streamed = Pipeline(folder, checkpoint, "streamed", "7MB");
        streamed.Should().Equal(resident);
        resident[0].Should().NotBe(resident[1], "the region was removed");
        File.ReadAllBytes(folder.File("streamed.map.safetensors")).Should().Equal(File.ReadAllBytes(folder.File("resident.map.safetensors")));
        File.ReadAllBytes(folder.File("streamed.top.safetensors")).Should().Equal(File.ReadAllBytes(folder.File("resident.top.safetensors")));
    }

    [Test]
    public void A_random_checkpoint_of_one_seed_is_always_the_same()
    {
        using TemporaryFolder folder = new();
        string[] random = ["checkpoint", "random", "--shape", Path.Combine(ReproProcess.Tiny, "config.json"), "--seed", "7", "--out"];
        Succeed([.. random, folder.File("a")]);
        Succeed([.. random, folder.File("b")]);
        File.ReadAllBytes(folder.File("a/model.safetensors")).Should().Equal(File.ReadAllBytes(folder.File("b/model.safetensors")));
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("a/model.safetensors"));
        file.Header.Tensors.Should().HaveCount(38, "embedding and head are one");
    }

    [Test]
    public void What_does_not_fit_is_refused_before_any_work()
    {
        using TemporaryFolder folder = new();
        folder.Write("ids.txt", Ids);
        ReproOutcome outcome = ReproProcess.Run("importance", "--checkpoint", ReproProcess.Tiny, "--token-ids", folder.File("ids.txt"), "--memory", "1MB", "--out", folder.File("map.safetensors"));
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().MatchRegex("^repro: This takes .* of memory even with one block at a time, and 1 MB may be used; .*--memory.*\n$");
        Directory.GetFiles(folder.Path).Should().ContainSingle("nothing was written");
    }

    [Test]
    public void A_plan_says_where_and_how_long()
    {
        string plan = Succeed("plan", "--shape", "llama2-7b", "--memory", "24GB", "--rate", "400");
        plan.Should().Contain("weights: 13.5 GB, resident on cpu").And.Contain("sums over gradients: 25.9 GB in float32, in a file")
            .And.Contain("100,000 samples per language").And.MatchRegex(@"importance +16,321 +11\.3 h").And.MatchRegex(@"sums on disk: 466 GB, .* 4\.43 TB");
        Succeed("plan", "--shape", "llama2-7b", "--memory", "12GB", "--rate", "400", "--samples", "10000").Should().Contain("in the checkpoint's files").And.Contain("10,000 samples");
    }

    private static string[] Pipeline(TemporaryFolder folder, string checkpoint, string name, string? memory)
    {
        string[] model = ["--checkpoint", checkpoint, "--token-ids", folder.File("ids.txt"), .. memory is null ? Array.Empty<string>() : ["--memory", memory]];
        string map = folder.File(name + ".map.safetensors");
        string top = folder.File(name + ".top.safetensors");
        string before = Succeed(["perplexity", .. model, "--json"]);
        Succeed(["importance", .. model, "--micro-batch", "1", "--out", map]);
        Succeed("region", "top", "--importance", map, "--ratio", "0.03", "--out", top);
        return [before, Succeed(["perplexity", .. model, "--json", "--remove", top]), Succeed(["perplexity", .. model, "--json"])];
    }

    private static string Succeed(params string[] arguments)
    {
        ReproOutcome outcome = ReproProcess.Run(arguments);
        outcome.ExitCode.Should().Be(0, $"repro {string.Join(' ', arguments)} says: {outcome.Error}");
        return outcome.Output;
    }
}
