using System.Diagnostics;

namespace Repro.Cli.Tests;

/// <summary><c>repro verify --engine slurm</c> as people call it, on a real Slurm of one node.</summary>
public sealed class SlurmVerifyTests
{
    [Test]
    public void A_verification_on_slurm_prints_the_report_that_its_last_job_wrote()
    {
        SlurmTestRun.RequireSlurm();
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run(
            "verify", "--engine", "slurm", "--wait", "--claims", "figure-02", "--cache", folder.File("the cache"), "--run", folder.File("the run"), "--slurm-option", "--comment='figure 2'");
        outcome.ExitCode.Should().Be(0, outcome.Error);
        outcome.Output.Should().MatchRegex(@"^run +/.*/the run\n(.*\n)*verdict +job \d+, 1 task\n").And.Contain("The core region is concentrated in rows and columns");
        outcome.Output.Should().EndWith(File.ReadAllText(folder.File("the run/report/verdicts.txt")));
        outcome.Error.Should().Contain("verdict 1 of 1 done");
    }

    [Test]
    public void Stopping_to_wait_leaves_the_jobs_and_says_how_to_see_and_end_them()
    {
        SlurmTestRun.RequireSlurm();
        using TemporaryFolder folder = new();
        string run = folder.File("run");
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "repro.dll"), "verify", "--engine", "slurm", "--wait", "--claims", "figure-02", "--run", run, "--slurm-option", "--hold"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = ReproProcess.Project,
        };
        using Process waiting = Process.Start(start)!;
        Task<string> output = waiting.StandardOutput.ReadToEndAsync();
        waiting.StandardError.ReadLine().Should().Contain("verdict 0 of 1 done, 1 pending");
        using (Process interrupt = Process.Start("kill", ["-INT", $"{waiting.Id}"]))
            interrupt.WaitForExit();
        waiting.WaitForExit(TimeSpan.FromSeconds(30)).Should().BeTrue();
        waiting.ExitCode.Should().Be(130);
        waiting.StandardError.ReadToEnd().Should().Be($"repro: stopped waiting; the jobs go on: 'repro slurm status --run {run}' shows them, 'repro slurm cancel --run {run}' ends them.\n");

        ReproProcess.Run("slurm", "status", "--run", run).Output.Should().MatchRegex(@"\nverdict +\d+ +1 +0 +0 +1 +0 +0  waits: JobHeldUser\n");
        ReproProcess.Run("slurm", "cancel", "--run", run).Output.Should().StartWith("Cancelled: ").And.Contain("verdict (job ");
        output.GetAwaiter().GetResult().Should().Contain("verdict     job ");
    }
}
