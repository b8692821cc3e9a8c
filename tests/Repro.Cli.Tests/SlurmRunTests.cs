using System.Text.Json;
using Repro.Cluster;
using Repro.Engine.Files;

namespace Repro.Cli.Tests;

/// <summary>Runs on a real Slurm of one node, with a shell script for the program.</summary>
[CancelAfter(120_000)]
public sealed class SlurmRunTests
{
    [Test]
    public void Every_stage_waits_for_the_one_before_and_the_verdict_comes_last()
    {
        using SlurmTestRun test = new("sleep 0.2; echo \"$stage ends\" >> calls");
        RunState end = test.SubmitAndWait();
        end.Verdict.Should().Be(new ClusterVerdict(0, Path.Combine(test.Run.Location, "report")), RunStateText.Of(end));
        end.Stages.Select(s => (s.Name, s.Tasks, s.Done)).Should().Equal(("importance", 3, 3), ("measure", 2, 2), ("verdict", 1, 1));
        string[] calls = test.Calls;
        calls.Take(6).Should().BeEquivalentTo(
            "task importance 0", "task importance 1", "task importance 2", "importance ends", "importance ends", "importance ends");
        calls.Skip(6).Take(4).Should().BeEquivalentTo("task measure 0", "task measure 1", "measure ends", "measure ends");
        calls.Skip(10).Should().ContainSingle().Which.Should().StartWith("verify ");
    }

    [Test]
    public void A_task_that_fails_twice_succeeds_at_the_third_attempt()
    {
        using SlurmTestRun test = new(
            "echo \"no memory\"; echo try >> tries; [ $(wc -l < tries) -eq 3 ]", new ClusterStage("importance", ["ru"]));
        RunState end = test.SubmitAndWait();
        end.Verdict.Should().NotBeNull(RunStateText.Of(end));
        string[] log = File.ReadAllLines(Path.Combine(test.Run.Location, "logs", "importance-0.log"));
        log.Where(l =>
            l.StartsWith("=== importance-0, attempt ", StringComparison.Ordinal) && l.Contains(" of 3, job ", StringComparison.Ordinal))
            .Should().HaveCount(3);
        log.Where(l => l == "no memory").Should().HaveCount(3);
    }

    [Test]
    public void A_task_that_always_fails_is_reported_with_its_log_and_nothing_after_it_runs()
    {
        using SlurmTestRun test = new("echo \"device lost\" >&2; [ $index -ne 1 ] || exit 7");
        RunState end = test.SubmitAndWait();
        end.Verdict.Should().BeNull();
        end.Stages.Select(s => (s.Name, s.Done, s.Failed, s.NotRun))
            .Should().Equal(("importance", 2, 1, 0), ("measure", 0, 0, 2), ("verdict", 0, 0, 1));
        test.Calls.Should().HaveCount(2 + 3).And.AllSatisfy(c => c.Should().StartWith("task importance"));

        string log = Path.Combine(test.Run.Location, "logs", "importance-1.log");
        ReproOutcome text = ReproProcess.Run("slurm", "status", "--run", test.Run.Location);
        text.ExitCode.Should().Be(0, text.Error);
        text.Output.Should().Contain($"Failed: importance 1 (ar), exit code 7, log {log}\n").And.Contain("    device lost\n");
        using JsonDocument json = JsonDocument.Parse(ReproProcess.Run("slurm", "status", "--run", test.Run.Location, "--json").Output);
        JsonElement failure = json.RootElement.GetProperty("failures").EnumerateArray().Should().ContainSingle().Subject;
        failure.GetProperty("log").GetString().Should().Be(log);
        failure.GetProperty("exitCode").GetInt32().Should().Be(7);
    }

    [Test]
    public void A_cancelled_run_says_what_was_ended_and_goes_on_when_it_is_submitted_again()
    {
        using SlurmTestRun test = new(
            "[ $stage = importance ] || sleep 60", new ClusterStage("importance", ["ru"]), new ClusterStage("measure", ["Top"]));
        test.Run.Submit(_ => { });
        test.WaitUntil(s => s.Stages[1].Running == 1);
        test.Run.Invoking(r => r.Submit(_ => { })).Should().Throw<InputException>()
            .WithMessage("*still in Slurm's queue (jobs *repro slurm cancel --run*");

        ReproOutcome cancelled = ReproProcess.Run("slurm", "cancel", "--run", test.Run.Location);
        cancelled.ExitCode.Should().Be(0, cancelled.Error);
        cancelled.Output.Should().Be($"Cancelled: measure (job {test.Run.File.Jobs[1].Id}), verdict (job {test.Run.File.Jobs[2].Id}).\n");
        test.WaitUntil(s => s.IsOver);
        RunState ended = test.Run.State();
        ended.Stages.Select(s => (s.Done, s.Failed, s.NotRun)).Should().Equal((1, 0, 0), (0, 1, 0), (0, 0, 1));
        FailedTask measure = ended.Failures.Should().ContainSingle().Subject;
        measure.ExitCode.Should().BeNull();
        measure.LastLines.Should().ContainMatch("*CANCELLED*");
        ReproProcess.Run("slurm", "cancel", "--run", test.Run.Location).Output.Should().Be("No job of this run is in Slurm's queue.\n");

        test.WriteProgram("exit 0");
        RunState end = test.SubmitAndWait();
        end.Verdict.Should().NotBeNull(RunStateText.Of(end));
        end.Failures.Should().BeEmpty();
    }

    [Test]
    public void A_script_that_slurm_refuses_takes_the_jobs_before_it_with_it()
    {
        using SlurmTestRun test = new("sleep 60");
        File.Delete(Path.Combine(test.Run.Location, "scripts", "verdict.sbatch"));
        test.Run.Invoking(r => r.Submit(_ => { })).Should().Throw<SlurmException>()
            .WithMessage("Jobs *, * were taken and are cancelled, because sbatch failed*verdict.sbatch*");
        test.WaitUntil(s => s.IsOver);
        test.Run.State().Stages.Should().AllSatisfy(s => (s.Done, s.Pending, s.Running).Should().Be((0, 0, 0), s.Name));
    }
}
