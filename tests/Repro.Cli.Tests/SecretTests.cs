namespace Repro.Cli.Tests;

/// <summary>What the environment holds beside the few variables that can change a number is in no output and no file of a run.</summary>
public sealed class SecretTests
{
    private const string Secret = "hf_thisIsNobodysBusiness";

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["HF_TOKEN"] = Secret,
        ["AWS_SECRET_ACCESS_KEY"] = Secret,
        ["REPRO_SECRET"] = Secret,
        ["OMP_NUM_THREADS"] = "2",
    };

    [Test]
    public void A_verification_writes_none_of_it_into_report_store_or_output()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run(
            Environment, "verify", "--claims", "figure-02", "--samples", "4", "--test-documents", "2", "--json", "--cache", folder.File("cache"), "--out", folder.File("report"));
        outcome.ExitCode.Should().BeLessThan(2, outcome.Error);
        outcome.Output.Should().Contain("\"OMP_NUM_THREADS\": \"2\"", "what can change a number is said");
        HoldNoSecret(folder, outcome);
    }

    [Test]
    public void The_scripts_of_a_cluster_hold_none_of_it()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run(
            Environment, "verify", "--claims", "figure-02", "--samples", "4", "--test-documents", "2", "--cache", folder.File("cache"), "--engine", "slurm", "--dry-run", "--run", folder.File("run"));
        outcome.ExitCode.Should().Be(0, outcome.Error);
        HoldNoSecret(folder, outcome);
    }

    [Test]
    public void A_failure_says_none_of_it()
    {
        using TemporaryFolder folder = new();
        HoldNoSecret(null, ReproProcess.Run(Environment, "perplexity", "--checkpoint", folder.File("gone"), "--text", "x"));
    }

    private static void HoldNoSecret(TemporaryFolder? folder, ReproOutcome outcome)
    {
        outcome.Output.Should().NotContain(Secret);
        outcome.Error.Should().NotContain(Secret);
        string[] files = folder is null ? [] : Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        if (folder is not null)
            files.Should().NotBeEmpty();
        foreach (string file in files)
            System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)).Should().NotContain(Secret, file);
    }
}
