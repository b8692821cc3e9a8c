using System.Diagnostics;

namespace Repro.Cli.Tests;

/// <summary>What needs no Slurm.</summary>
public sealed class SlurmDryRunTests
{
    private static readonly Dictionary<string, string> NoSlurm = new() { ["PATH"] = "/nonexistent" };

    [Test]
    public void A_dry_run_writes_scripts_that_bash_can_read_and_submits_nothing()
    {
        using TemporaryFolder folder = new();
        string run = folder.File("it's a \"run\" $folder");
        string[] verify = ["verify", "--engine", "slurm", "--dry-run", "--claims", "figure-02,table-14", "--cache", "it's `a` \"cache\"", "--run", run, "--slurm-option", "--partition=gpu", "--slurm-option=--time=10"];
        ReproOutcome outcome = ReproProcess.Run(NoSlurm, verify);
        outcome.ExitCode.Should().Be(0, outcome.Error);
        outcome.Output.Should().Contain(run).And.Contain("scripts/verdict.sbatch").And.Contain("Nothing was submitted");
        foreach (string script in Directory.GetFiles(Path.Combine(run, "scripts"), "*.sbatch"))
        {
            using Process bash = Process.Start("bash", ["-n", script]);
            bash.WaitForExit();
            bash.ExitCode.Should().Be(0, script);
            File.ReadAllText(script).Should().Contain("#SBATCH --partition=gpu\n#SBATCH --time=10\n").And.Contain("repro.dll'");
        }

        Dictionary<string, string> written = Directory.GetFiles(run, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText);
        ReproProcess.Run(NoSlurm, verify).Output.Should().Be(outcome.Output);
        Directory.GetFiles(run, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText).Should().Equal(written);

        ReproOutcome status = ReproProcess.Run(NoSlurm, "slurm", "status", "--run", run);
        status.Output.Should().MatchRegex(@"\nverdict +- +1 +0 +0 +0 +0 +1\n");
    }

    [Test]
    public void Without_slurms_commands_one_sentence_says_what_to_do()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run(NoSlurm, "verify", "--engine", "slurm", "--claims", "figure-02", "--run", folder.File("run"));
        outcome.ExitCode.Should().Be(3, outcome.Error);
        outcome.Error.Should().StartWith("repro: Slurm's command 'sbatch' can't be started").And.Contain("PATH").And.NotContain("   at ");
    }

    [TestCase("no run in /nowhere", "slurm", "status", "--run", "/nowhere")]
    [TestCase("no run in /nowhere", "slurm", "cancel", "--run", "/nowhere")]
    [TestCase("no run in /nowhere", "task", "--run", "/nowhere", "--stage", "importance", "--index", "0")]
    [TestCase("--wait needs --engine slurm", "verify", "--wait")]
    [TestCase("no engine 'pbs'", "verify", "--engine", "pbs")]
    [TestCase("--out can't be used", "verify", "--engine", "slurm", "--out", "x")]
    [TestCase("--no-cache can't be used", "verify", "--engine", "slurm", "--no-cache")]
    [TestCase("no claim 'table-99'", "verify", "--engine", "slurm", "--claims", "table-99")]
    [TestCase("'-p' is not a long option", "verify", "--engine", "slurm", "--run", "/nowhere", "--slurm-option", "-p")]
    [TestCase("--attempts", "verify", "--engine", "slurm", "--run", "/nowhere", "--attempts", "0")]
    [TestCase("'%'", "verify", "--engine", "slurm", "--run", "/tmp/50%")]
    public void Bad_input_is_refused_in_one_sentence(string message, params string[] arguments)
    {
        ReproOutcome outcome = ReproProcess.Run(NoSlurm, arguments);
        outcome.ExitCode.Should().Be(2, outcome.Error);
        outcome.Error.Should().StartWith("repro: ").And.Contain(message).And.NotContain("   at ");
        outcome.Error.Trim().Should().NotContain("\n");
        outcome.Output.Should().BeEmpty();
    }

    [Test]
    public void A_task_that_the_run_does_not_have_is_refused()
    {
        using TemporaryFolder folder = new();
        ReproProcess.Run(NoSlurm, "verify", "--engine", "slurm", "--dry-run", "--claims", "figure-02", "--run", folder.File("run")).ExitCode.Should().Be(0);
        ReproOutcome outcome = ReproProcess.Run(NoSlurm, "task", "--run", folder.File("run"), "--stage", "importance", "--index", "10000");
        outcome.ExitCode.Should().Be(2, outcome.Error);
        outcome.Error.Should().Contain("no task 10000 of a stage 'importance'");
    }
}
