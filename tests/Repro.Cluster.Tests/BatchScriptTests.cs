using System.Diagnostics;
using Repro.Engine.Files;

namespace Repro.Cluster.Tests;

/// <summary>The scripts are run by bash, in place of Slurm.</summary>
public sealed class BatchScriptTests
{
    [Test]
    public void A_stage_is_an_array_with_a_log_for_each_task()
    {
        using PreparedRun run = new();
        run.File = run.File with { SlurmOptions = ["--partition=gpu", "--gres=gpu:1"] };
        string[] lines = BatchScript.Of(run.Folder, run.File, run.File.Stages[0]).Split('\n');
        lines.TakeWhile(l => l.StartsWith('#')).Should().Equal(
            "#!/bin/bash",
            "#SBATCH --job-name=repro-importance",
            "#SBATCH --array=0-2",
            "#SBATCH --output=logs/importance-%a.log",
            "#SBATCH --open-mode=append",
            "#SBATCH --requeue",
            "#SBATCH --partition=gpu",
            "#SBATCH --gres=gpu:1");
    }

    [Test]
    public void The_verdict_is_one_job()
    {
        using PreparedRun run = new();
        BatchScript.Of(run.Folder, run.File, ClusterStage.Verdict).Should().NotContain("--array").And.Contain("#SBATCH --output=logs/verdict-0.log\n");
    }

    [Test]
    public void A_task_gets_its_run_stage_and_index_word_for_word()
    {
        using PreparedRun run = new("printf '<%s>' \"$PWD\" \"$@\" > called");
        Execute(run, "importance", 2).Code.Should().Be(0);
        Called(run).Should().Be($"<{run.Working}><task><--run><{run.Folder.Location}><--stage><importance><--index><2>");
        ReadMark(run, TaskMark.Done, "importance", 2).Should().Be("0\n");
    }

    [Test]
    public void The_verdict_gets_the_users_arguments_word_for_word_and_its_report_folder()
    {
        using PreparedRun run = new(WithReport + "printf '<%s>' \"$@\" > called");
        Execute(run, "verdict", 0).Code.Should().Be(0);
        Called(run).Should().Be($"<verify><--claims><table-01><--cache><it's `a` $HOME \"cache\"><--out><{run.Folder.Report}>");
    }

    [Test]
    public void A_task_that_fails_twice_has_three_attempts_in_its_log()
    {
        using PreparedRun run = new("echo try >> tries; [ $(wc -l < tries) -eq 3 ] || exit 7");
        (int code, string log) = Execute(run, "importance", 0);
        code.Should().Be(0);
        Headers(log).Should().HaveCount(3).And.OnlyContain(l => l.StartsWith("=== importance-0, attempt ", StringComparison.Ordinal) && l.Contains(" of 3, job 12 on node1, "));
        log.Should().Contain("=== importance-0, attempt 2 ended with exit code 7");
        Marks(run).Should().Equal("done/importance-0", "started/importance-0");
    }

    [Test]
    public void A_task_that_always_fails_ends_with_its_last_exit_code()
    {
        using PreparedRun run = new("echo try >> tries; exit $(wc -l < tries)0");
        (int code, string log) = Execute(run, "importance", 0);
        code.Should().Be(30);
        Headers(log).Should().HaveCount(3);
        ReadMark(run, TaskMark.Failed, "importance", 0).Should().Be("30\n");
        Marks(run).Should().Equal("failed/importance-0", "started/importance-0");
    }

    [TestCase("importance")]
    [TestCase("verdict")]
    public void Bad_input_is_not_tried_again(string stage)
    {
        using PreparedRun run = new(WithReport + "exit 2");
        (int code, string log) = Execute(run, stage, 0);
        code.Should().Be(2);
        Headers(log).Should().ContainSingle();
        ReadMark(run, TaskMark.Failed, stage, 0).Should().Be("2\n");
    }

    [Test]
    public void A_verdict_that_differs_is_a_result_and_is_not_tried_again()
    {
        using PreparedRun run = new(WithReport + "exit 1");
        (int code, string log) = Execute(run, "verdict", 0);
        code.Should().Be(0);
        Headers(log).Should().ContainSingle();
        ReadMark(run, TaskMark.Done, "verdict", 0).Should().Be("1\n");
    }

    [TestCase(0, 3)]
    [TestCase(1, 1)]
    public void A_verdict_without_a_new_report_is_a_failure(int exitCode, int marked)
    {
        using PreparedRun run = new($"exit {exitCode}");
        run.Prepare();
        AtomicFile.WriteText(Path.Combine(run.Folder.Report, "verdicts.txt"), "of an earlier submission");
        (int code, string log) = Execute(run, "verdict", 0);
        code.Should().Be(marked);
        Headers(log).Should().HaveCount(3);
        ReadMark(run, TaskMark.Failed, "verdict", 0).Should().Be($"{marked}\n");
    }

    [Test]
    public void A_node_without_the_working_folder_fails_the_task_with_the_environments_code()
    {
        using PreparedRun run = new();
        run.File = run.File with { WorkingFolder = run.Working + "-gone" };
        Execute(run, "verdict", 0).Code.Should().Be(3);
        ReadMark(run, TaskMark.Failed, "verdict", 0).Should().Be("3\n");
    }

    [TestCase("partition=gpu")]
    [TestCase("-p gpu")]
    [TestCase("--")]
    [TestCase("--comment=a\n#SBATCH --array=1")]
    [TestCase("--array=0-9")]
    [TestCase("--output /dev/null")]
    public void An_option_that_would_break_a_script_is_refused(string option)
    {
        Action check = () => BatchScript.CheckOption(option);
        check.Should().Throw<InputException>().Which.Message.Should().StartWith("--slurm-option ").And.NotContain("\n");
    }

    private const string WithReport = "for last; do :; done; mkdir -p \"$last\"; echo text > \"$last/verdicts.txt\"; ";

    private static (int Code, string Log) Execute(PreparedRun run, string stage, int index)
    {
        run.Prepare();
        run.Folder.Clear();
        ProcessStartInfo start = new("bash", [RunFolder.Script(stage)]) { RedirectStandardOutput = true, WorkingDirectory = run.Folder.Location };
        start.Environment["SLURM_JOB_ID"] = "12";
        start.Environment["SLURMD_NODENAME"] = "node1";
        if (stage != ClusterStage.Verdict.Name)
            start.Environment["SLURM_ARRAY_TASK_ID"] = $"{index}";
        using Process process = Process.Start(start)!;
        string log = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, log);
    }

    private static IEnumerable<string> Headers(string log) => log.Split('\n').Where(l => l.StartsWith("===", StringComparison.Ordinal) && !l.Contains("ended"));

    private static string Called(PreparedRun run) => File.ReadAllText(Path.Combine(run.Working, "called"));

    private static string ReadMark(PreparedRun run, TaskMark mark, string stage, int index) => File.ReadAllText(run.Folder.Mark(mark, stage, index));

    private static IEnumerable<string> Marks(PreparedRun run) => Enum.GetValues<TaskMark>()
        .SelectMany(m => Directory.EnumerateFiles(run.Folder.Marks(m)))
        .Select(f => Path.GetRelativePath(run.Folder.Location, f)).Order(StringComparer.Ordinal);
}
