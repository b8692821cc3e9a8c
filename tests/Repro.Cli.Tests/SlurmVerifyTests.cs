using System.Diagnostics;

namespace Repro.Cli.Tests;

/// <summary><c>repro verify --engine slurm</c> as people call it, on a real Slurm of one node.</summary>
public sealed class SlurmVerifyTests
{
    // A twentieth of the text: what is compared is bytes, not findings.
    private static readonly string[] Small = ["verify", "--claims", "table-05,figure-02", "--samples", "12", "--test-documents", "4"];

    [Test]
    public void A_verification_on_slurm_ends_with_the_bytes_of_one_on_this_machine()
    {
        SlurmTestRun.RequireSlurm();
        using TemporaryFolder folder = new();
        ReproOutcome cluster = ReproProcess.Run(
            [.. Small, "--engine", "slurm", "--wait", "--tasks", "4", "--cache", folder.File("the cache"), "--run", folder.File("the run"), "--slurm-option", "--comment='figure 2'"]);
        TestContext.Out.WriteLine(cluster.Output + cluster.Error);
        cluster.ExitCode.Should().BeLessThan(2, cluster.Error);
        cluster.Output.Should().MatchRegex(@"^run +/.*/the run\nimportance +job \d+, 4 tasks\nreduce +job \d+, \d tasks\nregions +job \d+, 1 task\nmeasure +job \d+, 4 tasks\nverdict +job \d+, 1 task\n");
        cluster.Error.Should().Contain("verdict 1 of 1 done");

        ReproOutcome local = ReproProcess.Run([.. Small, "--cache", folder.File("another cache"), "--out", folder.File("report")]);
        local.ExitCode.Should().Be(cluster.ExitCode, local.Error);
        Outcomes.OfReport(folder.File("the run/report")).Should().BeEquivalentTo(Outcomes.OfReport(folder.File("report")));
    }

    [Test]
    public void Stopping_to_wait_leaves_the_jobs_and_says_how_to_see_and_end_them()
    {
        SlurmTestRun.RequireSlurm();
        using TemporaryFolder folder = new();
        string run = folder.File("run");
        ProcessStartInfo start = ReproProcess.Start([.. Small, "--engine", "slurm", "--wait", "--cache", folder.File("cache"), "--run", run, "--slurm-option", "--hold"]);
        using Process waiting = Process.Start(start)!;
        Task<string> output = waiting.StandardOutput.ReadToEndAsync();
        waiting.StandardError.ReadLine().Should().Contain("verdict 0 of 1 done, 1 pending");
        using (Process interrupt = Process.Start("kill", ["-INT", $"{waiting.Id}"]))
            interrupt.WaitForExit();
        waiting.WaitForExit(TimeSpan.FromSeconds(30)).Should().BeTrue();
        waiting.ExitCode.Should().Be(130);
        waiting.StandardError.ReadToEnd().Should().Be($"repro: stopping: waiting for Slurm to answer. Press Ctrl-C again to quit now.\nrepro: stopped waiting; the jobs go on: 'repro slurm status --run {run}' shows them, 'repro slurm cancel --run {run}' ends them.\n");

        ReproProcess.Run("slurm", "status", "--run", run).Output.Should().MatchRegex(@"\nimportance .* waits: JobHeldUser\n(.*\n)*verdict +\d+ +1 +0 +0 +1 +0 +0");
        ReproProcess.Run("slurm", "cancel", "--run", run).Output.Should().StartWith("Cancelled: ").And.Contain("verdict (job ");
        output.GetAwaiter().GetResult().Should().Contain("verdict     job ");
    }
}
