using System.Globalization;

namespace Repro.Cluster;

/// <summary>How far a stage is; the last five numbers add up to its tasks.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Job">Slurm's id, once it is submitted.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="Done">Tasks with a result.</param>
/// <param name="Running">Tasks on a node.</param>
/// <param name="Pending">Tasks that wait in the queue.</param>
/// <param name="Failed">Tasks whose last attempt failed, or that were ended from outside.</param>
/// <param name="NotRun">Tasks that were never begun and are not in the queue.</param>
/// <param name="Reasons">Why tasks wait, in Slurm's words.</param>
public sealed record StageState(string Name, string? Job, int Tasks, int Done, int Running, int Pending, int Failed, int NotRun, IReadOnlyList<string> Reasons);

/// <summary>A task without a result.</summary>
/// <param name="Stage">Its stage.</param>
/// <param name="Index">Its index.</param>
/// <param name="Task">What it is.</param>
/// <param name="ExitCode">The last attempt's; null where the task was ended from outside, so that its script could say nothing.</param>
/// <param name="Log">The path of its log.</param>
/// <param name="LastLines">The end of the log.</param>
public sealed record FailedTask(string Stage, int Index, string Task, int? ExitCode, string Log, IReadOnlyList<string> LastLines);

/// <summary>What the verdict job came to.</summary>
/// <param name="ExitCode">0 where every verdict and golden is the expected one, 1 where not.</param>
/// <param name="Report">The folder of its report.</param>
public sealed record ClusterVerdict(int ExitCode, string Report);

/// <summary>How far a run is, from its marks and Slurm's queue.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="IsOver">Whether none of its tasks is in the queue.</param>
/// <param name="Stages">Its stages with tasks, and the verdict.</param>
/// <param name="Failures">Tasks that failed.</param>
/// <param name="Verdict">The verdict, once there is one.</param>
public sealed record RunState(string Run, bool IsOver, IReadOnlyList<StageState> Stages, IReadOnlyList<FailedTask> Failures, ClusterVerdict? Verdict)
{
    private const int LinesShown = 5;

    /// <summary>Reads the state of a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="run">The run.</param>
    /// <param name="queue">Slurm's tasks of the run, asked for before: one that is not there any more has made its mark.</param>
    public static RunState Of(RunFolder folder, RunFile run, IReadOnlyList<QueuedTask> queue)
    {
        Dictionary<TaskMark, HashSet<string>> marks = Enum.GetValues<TaskMark>().ToDictionary(m => m, m => Names(folder.Marks(m)));
        Dictionary<string, string> jobs = run.Jobs.ToDictionary(j => j.Stage, j => j.Id);
        List<StageState> stages = [];
        List<FailedTask> failures = [];
        foreach (ClusterStage stage in run.JobStages())
        {
            string? job = jobs.GetValueOrDefault(stage.Name);
            Dictionary<int, QueuedTask> queued = queue.Where(t => t.Job == job).DistinctBy(t => t.Index).ToDictionary(t => t.Index);
            int[] open = [.. Enumerable.Range(0, stage.Tasks.Count).Where(i => !Has(TaskMark.Done, i))];
            int[] live = [.. open.Where(queued.ContainsKey)];
            int[] failed = [.. open.Except(live).Where(i => Has(TaskMark.Failed, i) || Has(TaskMark.Started, i))];
            int running = live.Count(i => queued[i].Runs);
            string[] reasons = [.. live.Select(i => queued[i]).Where(t => !t.Runs && t.Reason != "None").Select(t => t.Reason).Distinct()];
            stages.Add(new StageState(
                stage.Name, job, stage.Tasks.Count, stage.Tasks.Count - open.Length, running, live.Length - running, failed.Length, open.Length - live.Length - failed.Length, reasons));
            failures.AddRange(failed.Select(i => new FailedTask(
                stage.Name, i, stage.Tasks[i], Code(folder.Mark(TaskMark.Failed, stage.Name, i)), folder.Log(stage.Name, i), LastLines(folder.Log(stage.Name, i)))));

            bool Has(TaskMark mark, int index) => marks[mark].Contains(RunFolder.TaskName(stage.Name, index));
        }

        int? verdict = Code(folder.Mark(TaskMark.Done, ClusterStage.Verdict.Name, 0));
        return new RunState(folder.Location, queue.Count == 0, stages, failures, verdict is { } code ? new ClusterVerdict(code, folder.Report) : null);
    }

    private static HashSet<string> Names(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>()] : [];

    private static int? Code(string mark) =>
        File.Exists(mark) && int.TryParse(File.ReadAllText(mark), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int code) ? code : null;

    private static string[] LastLines(string log) => File.Exists(log) ? [.. File.ReadLines(log).TakeLast(LinesShown)] : [];
}
