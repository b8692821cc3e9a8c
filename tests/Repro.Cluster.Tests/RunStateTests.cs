using System.Text.Json;
using Repro.Engine.Files;

namespace Repro.Cluster.Tests;

public sealed class RunStateTests
{
    [Test]
    public void Every_task_is_counted_once_by_its_mark_or_its_place_in_the_queue()
    {
        using PreparedRun run = new();
        run.File = run.File with { Jobs = [new SubmittedJob("importance", "4"), new SubmittedJob("measure", "5"), new SubmittedJob("verdict", "6")] };
        run.Mark(TaskMark.Started, "importance", 0, 0);
        run.Mark(TaskMark.Done, "importance", 0, 0);
        run.Mark(TaskMark.Started, "importance", 1, 0);
        RunState state = RunState.Of(run.Folder, run.File, Queue("4|0|COMPLETING|None", "4|1|RUNNING|None", "4|2|PENDING|Resources", "5|0|PENDING|Dependency"));
        state.Stages.Should().BeEquivalentTo(
        [
            new StageState("importance", "4", 3, Done: 1, Running: 1, Pending: 1, Failed: 0, NotRun: 0, ["Resources"]),
            new StageState("measure", "5", 1, 0, 0, 1, 0, 0, ["Dependency"]),
            new StageState("verdict", "6", 1, 0, 0, 0, 0, 1, []),
        ]);
        state.IsOver.Should().BeFalse();
        state.Failures.Should().BeEmpty();
    }

    [Test]
    public void A_failed_task_has_its_exit_code_and_the_end_of_its_log()
    {
        using PreparedRun run = new();
        run.Mark(TaskMark.Started, "importance", 2, 0);
        run.Mark(TaskMark.Failed, "importance", 2, 139);
        AtomicFile.WriteText(run.Folder.Log("importance", 2), string.Concat(Enumerable.Range(1, 20).Select(i => $"line {i}\n")));
        RunState state = RunState.Of(run.Folder, run.File, []);
        FailedTask failure = state.Failures.Should().ContainSingle().Subject;
        failure.Should().BeEquivalentTo(new FailedTask("importance", 2, "ar, shard 1 of 1", 139, run.Folder.Log("importance", 2), ["line 16", "line 17", "line 18", "line 19", "line 20"]));
        state.IsOver.Should().BeTrue();
        RunStateText.Of(state).Should().Contain($"\nFailed: importance 2 (ar, shard 1 of 1), exit code 139, log {failure.Log}\n    line 16\n");
    }

    [Test]
    public void A_task_that_began_and_left_the_queue_without_a_mark_was_ended_from_outside()
    {
        using PreparedRun run = new();
        run.Mark(TaskMark.Started, "measure", 0, 0);
        RunState state = RunState.Of(run.Folder, run.File, []);
        state.Failures.Should().ContainSingle().Which.ExitCode.Should().BeNull();
        RunStateText.Of(state).Should().Contain("measure 0 (Top 3 %, Arabic), ended from outside");
    }

    [Test]
    public void A_task_that_slurm_begins_again_is_no_failure()
    {
        using PreparedRun run = new();
        run.File = run.File with { Jobs = [new SubmittedJob("measure", "5")] };
        run.Mark(TaskMark.Started, "measure", 0, 0);
        RunState.Of(run.Folder, run.File, Queue("5|0|PENDING|BeginTime")).Failures.Should().BeEmpty();
    }

    [TestCase(0, "every verdict and golden is the expected one")]
    [TestCase(1, "a verdict or a golden is not the expected one")]
    public void The_verdict_is_what_its_job_ended_with(int code, string said)
    {
        using PreparedRun run = new();
        run.Mark(TaskMark.Done, "verdict", 0, code);
        RunState state = RunState.Of(run.Folder, run.File, []);
        state.Verdict.Should().Be(new ClusterVerdict(code, run.Folder.Report));
        RunStateText.Of(state).Should().Contain($"Verdict: {said}; the report is in {run.Folder.Report}");
    }

    [Test]
    public void A_prepared_run_has_not_run()
    {
        using PreparedRun run = new();
        RunState state = run.Prepare().State();
        state.Stages.Select(s => (s.Name, s.NotRun)).Should().Equal(("importance", 3), ("measure", 1), ("verdict", 1));
        RunStateText.Progress(state).Should().Be("importance 0 of 3 done, 3 not run; measure 0 of 1 done, 1 not run; verdict 0 of 1 done, 1 not run");
    }

    [Test]
    public void The_state_as_json_has_stages_failures_and_the_verdict()
    {
        using PreparedRun run = new();
        run.Mark(TaskMark.Failed, "importance", 1, 3);
        using JsonDocument json = JsonDocument.Parse(RunStateText.Json(RunState.Of(run.Folder, run.File, [])));
        json.RootElement.GetProperty("stages")[0].GetProperty("failed").GetInt32().Should().Be(1);
        json.RootElement.GetProperty("failures")[0].GetProperty("exitCode").GetInt32().Should().Be(3);
        json.RootElement.GetProperty("verdict").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [TestCase("12|3|RUNNING|None", "12", 3, true, "None")]
    [TestCase("12|N/A|PENDING|(launch failed | requeued held)", "12", 0, false, "(launch failed | requeued held)")]
    [TestCase("12|0|REQUEUE_HOLD|JobHeldAdmin", "12", 0, false, "JobHeldAdmin")]
    [TestCase("12|0|CONFIGURING|None", "12", 0, true, "None")]
    public void A_line_of_the_queue_is_read(string line, string job, int index, bool runs, string reason) =>
        QueuedTask.Parse(line).Should().Be(new QueuedTask(job, index, runs, reason));

    [TestCase("12|3")]
    [TestCase("12|[0-3]|PENDING|None")]
    public void A_line_in_another_format_is_named(string line)
    {
        Action parse = () => QueuedTask.Parse(line);
        parse.Should().Throw<SlurmException>().WithMessage($"squeue answered '{line}'*".Replace("[", "?", StringComparison.Ordinal));
    }

    private static QueuedTask[] Queue(params string[] lines) => [.. lines.Select(QueuedTask.Parse)];
}
