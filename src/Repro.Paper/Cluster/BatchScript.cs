using System.Globalization;
using Repro.Engine.Files;

namespace Repro.Paper.Cluster;

/// <summary>The text of a stage's script: one array of jobs, or one job for the verdict.</summary>
public static class BatchScript
{
    /// <summary>Options that would take its logs, its order or its folder from a script.</summary>
    private static readonly string[] Own = ["--array", "--chdir", "--clusters", "--dependency", "--error", "--open-mode", "--output", "--wait", "--wrap"];

    /// <summary>Checks an option that is passed on to Slurm.</summary>
    /// <exception cref="InputException">It is not one option on one line, or one that the scripts need for themselves.</exception>
    public static void CheckOption(string option)
    {
        if (option.Length < 3 || !option.StartsWith("--", StringComparison.Ordinal) || option.Any(char.IsControl))
            throw new InputException($"--slurm-option '{option.ReplaceLineEndings(" ")}' is not a long option of sbatch on one line; write it like --slurm-option \"--partition=gpu\".");
        string name = option.Split('=', ' ')[0];
        if (Own.Contains(name))
            throw new InputException($"--slurm-option {name} is not possible, because the scripts depend on their own; leave it out.");
    }

    /// <summary>The script of a stage.</summary>
    /// <param name="folder">The run's folder, which sbatch is called in.</param>
    /// <param name="run">The run.</param>
    /// <param name="stage">One of its stages that have tasks, or the verdict.</param>
    public static string Of(RunFolder folder, RunFile run, ClusterStage stage)
    {
        bool isVerdict = stage.Name == ClusterStage.Verdict.Name;
        string[] options =
        [
            $"--job-name=repro-{stage.Name}",
            .. isVerdict ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"--array=0-{stage.Tasks.Count - 1}")],

            // Relative, because nothing can be quoted here.
            $"--output=logs/{stage.Name}-{(isVerdict ? "0" : "%a")}.log",
            "--open-mode=append",
            "--requeue",
            .. run.SlurmOptions,
        ];
        return $$"""
            #!/bin/bash
            {{string.Join('\n', options.Select(option => "#SBATCH " + option))}}

            # Written by 'repro verify --engine slurm', which calls sbatch in the run's folder.
            run={{Quoted(folder.Location)}}
            index={{(isVerdict ? "0" : "$SLURM_ARRAY_TASK_ID")}}
            name={{stage.Name}}-$index
            attempts={{run.Attempts}}

            {{(isVerdict ? Verdict(run) : Task(run, stage))}}

            # mark KIND CODE: a reader sees the whole mark or none.
            mark() {
              printf '%s\n' "$2" > "$run/$1/.$name.$SLURM_JOB_ID" && mv -f "$run/$1/.$name.$SLURM_JOB_ID" "$run/$1/$name"
            }

            mark started 0 || exit 3
            cd {{Quoted(run.WorkingFolder)}} || { mark failed 3; exit 3; }
            for ((attempt = 1; attempt <= attempts; attempt++)); do
              echo "=== $name, attempt $attempt of $attempts, job $SLURM_JOB_ID on $SLURMD_NODENAME, $(date -u +%FT%TZ)"
              run_once
              code=$?
              if is_result "$code"; then
                mark done "$code" || exit 3
                exit 0
              fi
              echo "=== $name, attempt $attempt ended with exit code $code"
              # Bad input stays bad; anything else may be the node's or the network's.
              [ "$code" -ne 2 ] || break
            done
            [ "$code" -ne 0 ] || code=3
            mark failed "$code"
            exit "$code"

            """;
    }

    private static string Task(RunFile run, ClusterStage stage) => $$"""
        run_once() { {{Words([.. run.Program, "task"])}} --run "$run" --stage {{stage.Name}} --index "$index"; }
        is_result() { [ "$1" -eq 0 ]; }
        """;

    /// <summary>A verdict that differs from the expected one (exit code 1) is a result; without a report the code is someone else's.</summary>
    private static string Verdict(RunFile run) => $$"""
        run_once() { rm -f "$run/report/verdicts.txt"; {{Words([.. run.Program, "verify", .. run.Arguments])}} --out "$run/report"; }
        is_result() { [ "$1" -le 1 ] && [ -f "$run/report/verdicts.txt" ]; }
        """;

    private static string Words(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quoted));

    private static string Quoted(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
