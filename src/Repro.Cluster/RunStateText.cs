using System.Globalization;
using System.Text;
using System.Text.Json;
using Repro.Harness.Json;

namespace Repro.Cluster;

/// <summary>A run's state for people and for programs.</summary>
public static class RunStateText
{
    /// <summary>One JSON object.</summary>
    public static string Json(RunState state) => JsonSerializer.Serialize(state, JsonForm.Options) + "\n";

    /// <summary>One line for each stage, each failure with the end of its log, and the verdict.</summary>
    public static string Of(RunState state)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"stage",-12}{"job",10}{"tasks",8}{"done",8}{"running",9}{"pending",9}{"failed",8}{"not run",9}\n");
        foreach (StageState s in state.Stages)
        {
            string reasons = s.Reasons.Count > 0 ? $"  waits: {string.Join(", ", s.Reasons)}" : "";
            text.Append(CultureInfo.InvariantCulture, $"{s.Name,-12}{s.Job ?? "-",10}{s.Tasks,8}{s.Done,8}{s.Running,9}{s.Pending,9}{s.Failed,8}{s.NotRun,9}{reasons}\n");
        }

        foreach (FailedTask failure in state.Failures)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nFailed: {Sentence(failure)}\n");
            foreach (string line in failure.LastLines)
                text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
        }

        if (state.Verdict is { } verdict)
            text.Append(CultureInfo.InvariantCulture, $"\nVerdict: {(verdict.ExitCode == 0 ? "every verdict and golden is the expected one" : "a verdict or a golden is not the expected one")}; the report is in {verdict.Report}\n");
        return text.ToString();
    }

    /// <summary>One short line for a run that is being watched.</summary>
    public static string Progress(RunState state) => string.Join("; ", state.Stages.Select(Progress));

    /// <summary>What became of a task that failed.</summary>
    public static string Sentence(FailedTask failure)
    {
        string end = failure.ExitCode is { } code
            ? string.Create(CultureInfo.InvariantCulture, $"exit code {code}")
            : "ended from outside (cancelled, out of time or memory, or with its node)";
        return string.Create(CultureInfo.InvariantCulture, $"{failure.Stage} {failure.Index} ({failure.Task}), {end}, log {failure.Log}");
    }

    private static string Progress(StageState stage)
    {
        (int Count, string Word)[] parts = [(stage.Running, "running"), (stage.Pending, "pending"), (stage.Failed, "failed"), (stage.NotRun, "not run")];
        return string.Create(CultureInfo.InvariantCulture, $"{stage.Name} {stage.Done} of {stage.Tasks} done")
            + string.Concat(parts.Where(p => p.Count > 0).Select(p => string.Create(CultureInfo.InvariantCulture, $", {p.Count} {p.Word}")));
    }
}
