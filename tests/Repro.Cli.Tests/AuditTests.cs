using System.Text.Json;

namespace Repro.Cli.Tests;

/// <summary>
/// Several checkpoints under the same claims: the tiny one, two of random weights, one of another shape, one that is broken.
/// </summary>
public sealed class AuditTests
{
    private static readonly string[] Small = ["--claims", "figure-02", "--samples", "4", "--test-documents", "2"];

    [Test]
    public void A_broken_checkpoint_does_not_lose_the_others_and_shapes_that_differ_have_no_overlap()
    {
        using TemporaryFolder folder = new();
        string random = Random(folder, "random", 7, layers: 4);
        string shallow = Random(folder, "shallow", 7, layers: 2);
        string broken = Random(folder, "broken", 8, layers: 4);
        using (FileStream weights = File.OpenWrite(Path.Combine(broken, "model.safetensors")))
            weights.SetLength(weights.Length / 2);

        ReproOutcome outcome = Audit(folder, ReproProcess.Tiny, broken, random, shallow);
        outcome.ExitCode.Should().Be(2, outcome.Error);
        outcome.Error.Should().Contain("1 of 4 checkpoints could not be verified");
        outcome.Output.Should().MatchRegex(@"\[2\]  broken: not verified\. [^[]*model\.safetensors").And.MatchRegex(@"claim +paper +\[1\] +\[2\] +\[3\]\n");
        outcome.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);

        using JsonDocument results = JsonDocument.Parse(File.ReadAllText(folder.File("audit/results.json")));
        JsonElement[] checkpoints = [.. results.RootElement.GetProperty("checkpoints").EnumerateArray()];
        checkpoints.Select(c => c.GetProperty("name").GetString()).Should().Equal("tiny", "broken", "random", "shallow");
        checkpoints.Select(c => c.TryGetProperty("report", out _)).Should().Equal(true, false, true, true);
        Dictionary<string, double?> overlaps = results.RootElement.GetProperty("overlaps").EnumerateArray().ToDictionary(
            o => $"{o.GetProperty("first").GetString()}-{o.GetProperty("second").GetString()}",
            o => o.TryGetProperty("jaccard", out JsonElement jaccard) ? jaccard.GetDouble() : (double?)null);
        overlaps.Keys.Should().BeEquivalentTo("tiny-random", "tiny-shallow", "random-shallow");
        overlaps["tiny-shallow"].Should().BeNull();
        overlaps["tiny-random"].Should().BeInRange(0, 0.1, "two models of unrelated weights share about what chance gives");
    }

    [Test]
    public void Two_checkpoints_that_can_be_verified_end_in_what_their_verdicts_say()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = Audit(folder, ReproProcess.Tiny, Copy(folder, "copy"));
        outcome.ExitCode.Should().Be(0, outcome.Output);
        outcome.Output.Should().Contain("0 verdicts are others than on tiny").And.MatchRegex(@"5 %  tiny and copy +1\.000 +0\.0");
    }

    [Test]
    public void One_checkpoint_given_twice_is_refused()
    {
        ReproOutcome outcome = ReproProcess.Run(
            ["audit", "--checkpoint", ReproProcess.Tiny, "--checkpoint", ReproProcess.Tiny + "/", .. Small]);
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("given twice");
    }

    private static ReproOutcome Audit(TemporaryFolder folder, params string[] checkpoints) => ReproProcess.Run(
        ["audit", .. checkpoints.SelectMany(c => new[] { "--checkpoint", c }), .. Small, "--cache", folder.File("cache"), "--out",
            folder.File("audit")]);

    private static string Random(TemporaryFolder folder, string name, int seed, int layers)
    {
        string config = File.ReadAllText(Path.Combine(ReproProcess.Tiny, "config.json"));
        folder.Write(
            $"{name}-shape/config.json",
            config.Replace("\"num_hidden_layers\": 4", $"\"num_hidden_layers\": {layers}", StringComparison.Ordinal));
        ReproProcess.Run(
            "checkpoint", "random", "--shape", folder.File($"{name}-shape/config.json"), "--seed", $"{seed}", "--out",
            folder.File(name)).ExitCode.Should().Be(0);
        File.Copy(Path.Combine(ReproProcess.Tiny, "tokenizer.model"), folder.File($"{name}/tokenizer.model"));
        return folder.File(name);
    }

    private static string Copy(TemporaryFolder folder, string name)
    {
        Directory.CreateDirectory(folder.File(name));
        foreach (string file in Directory.GetFiles(ReproProcess.Tiny))
            File.Copy(file, Path.Combine(folder.File(name), Path.GetFileName(file)));
        return folder.File(name);
    }
}
