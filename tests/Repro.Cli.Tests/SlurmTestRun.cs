using System.Diagnostics;
using Repro.Cluster;

namespace Repro.Cli.Tests;

/// <summary>A run on the local Slurm whose program is a shell script, in folders with blanks and quotes.</summary>
internal sealed class SlurmTestRun : IDisposable
{
    private const string Verify = """
        echo "$1 $5 $7" >> calls
        if [ "$1" = verify ]; then
          for report; do :; done
          mkdir -p "$report"
          echo "75 claims" > "$report/verdicts.txt"
          exit 0
        fi
        """;

    private static readonly Lazy<bool> Works = new(() => Environment.GetEnvironmentVariable("SLURM_CONF") is not null && Answers());
    private readonly TemporaryFolder temporary = new();

    /// <summary>Prepares a run; the test is skipped where there is no Slurm for it.</summary>
    /// <param name="task">What a task does: shell with <c>$stage</c> and <c>$index</c>, in the working folder.</param>
    /// <param name="stages">The stages; default: three, the second of which is empty.</param>
    public SlurmTestRun(string task, params ClusterStage[] stages)
    {
        RequireSlurm();
        Working = Directory.CreateDirectory(temporary.File("it's a \"working\" folder")).FullName;
        WriteProgram(task);
        File = new RunFile
        {
            Program = ["/bin/bash", Path.Combine(Working, "stand-in program.sh")],
            WorkingFolder = Working,
            Arguments = [],
            Attempts = 3,
            SlurmOptions = [],
            TasksPerStage = 3,
            Stages = stages.Length > 0 ? stages : [new ClusterStage("importance", ["ru", "ar", "zh"]), new ClusterStage("reduce", []), new ClusterStage("measure", ["Top", "Random"])],
        };
        Run = ClusterRun.Prepare(temporary.File("it's a \"run\" folder"), File);
    }

    public string Working { get; }

    public RunFile File { get; }

    public ClusterRun Run { get; private set; }

    public string[] Calls => System.IO.File.Exists(Path.Combine(Working, "calls")) ? System.IO.File.ReadAllLines(Path.Combine(Working, "calls")) : [];

    public static void RequireSlurm()
    {
        if (!Works.Value)
            Assert.Ignore("No Slurm runs here; start one with: eval \"$(ci/slurm-local.sh start DIR)\"");
    }

    public void WriteProgram(string task) =>
        System.IO.File.WriteAllText(Path.Combine(Working, "stand-in program.sh"), $"{Verify}\nstage=$5\nindex=$7\n{task}\n");

    public RunState SubmitAndWait()
    {
        Run.Submit(_ => { });
        return WaitForEnd();
    }

    public RunState WaitForEnd() => ClusterWait.For(Run, _ => { }, TestContext.CurrentContext.CancellationToken);

    /// <summary>Waits until a state is reached, for at most 20 seconds.</summary>
    public void WaitUntil(Func<RunState, bool> reached)
    {
        for (int i = 0; i < 200 && !reached(Run.State()); i++)
            Thread.Sleep(100);
        reached(Run.State()).Should().BeTrue(RunStateText.Of(Run.State()));
    }

    public void Dispose()
    {
        if (Run.Cancel().Count > 0)
            WaitUntil(s => s.IsOver);
        temporary.Dispose();
    }

    private static bool Answers()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("sinfo", ["--noheader"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return process.WaitForExit(TimeSpan.FromSeconds(20)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
