using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Repro.Cli.Completion;
using Repro.Cli.Terminal;
using Repro.Cluster;
using Repro.Engine.Files;

namespace Repro.Cli.Commands;

/// <summary>The options of <c>verify</c> that are about a cluster.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string> engine = new Option<string>("--engine") { Description = "Where the work runs: local, on this machine, or slurm, as jobs of a cluster.", DefaultValueFactory = _ => "local" }.WithWords("local", "slurm");
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "With Slurm: write the scripts and submit nothing." };
    private readonly Option<string?> run = new("--run") { Description = "With Slurm: folder for scripts, logs and the report, seen by every node; default: slurm-<hash of the work>. The same work in the same folder goes on." };
    private readonly Option<bool> wait = new("--wait") { Description = "With Slurm: wait for the verdicts and print them." };
    private readonly Option<int> attempts = new("--attempts") { Description = "With Slurm: how often a task is tried at most.", DefaultValueFactory = _ => 3 };
    private readonly Option<string[]> slurmOption = new("--slurm-option") { Description = "With Slurm: option of sbatch for every job, for example \"--partition=gpu\". May be given more than once." };

    private readonly Option<int> tasks = new("--tasks") { Description = "With Slurm: most tasks of a stage; each does several pieces of work where there are more.", DefaultValueFactory = _ => 64 };

    private Option[] All => [engine, dryRun, run, wait, attempts, tasks, slurmOption];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
    }

    public bool AreChosen(ParseResult result)
    {
        string chosen = result.GetRequiredValue(engine);
        if (chosen == "slurm")
            return true;
        if (chosen != "local")
            throw new InputException($"There is no engine '{chosen}'; --engine is local or slurm.");
        if (All.Except([engine]).FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } alone)
            throw new InputException($"{alone.Name} needs --engine slurm; add that, or leave it out.");
        return false;
    }

    /// <summary>Starts the verification on the cluster.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="json">Whether the report is to be printed as JSON.</param>
    /// <param name="verification">What is to be verified.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The exit code.</returns>
    public int Start(ParseResult result, bool json, VerifyRequest verification, CancellationToken cancellation)
    {
        int most = result.GetValue(tasks);
        if (most < 1)
            throw new InputException("--tasks must be at least 1.");
        Interruption.Keeps("what is done is kept, and jobs already submitted go on");
        Interruption.LetFinish("waiting for Slurm to answer");
        ClusterRequest request = new(
            Program(), Others(result), result.GetValue(run), result.GetValue(attempts), result.GetValue(slurmOption) ?? [], result.GetValue(dryRun), result.GetValue(wait), json);
        return ClusterVerification.Start(request, most, () => ClusterStage.Of(verification.Stages(most)), Console.Out, Terminals.IsQuiet ? TextWriter.Null : Console.Error, cancellation);
    }

    /// <summary>The host that runs this program, and the program, whether it was started by its own launcher or not.</summary>
    private static string[] Program() =>
    [
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")),
        Path.Combine(AppContext.BaseDirectory, "repro.dll"),
    ];

    private string[] Others(ParseResult result)
    {
        OptionResult[] given = [.. result.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit && !o.Option.Recursive && !All.Contains(o.Option))];
        if (given.Any(o => o.Option.Name == "--out"))
            throw new InputException("--out can't be used with --engine slurm, whose report goes to the folder 'report' of the run; name the run's folder with --run.");
        if (given.Any(o => o.Option.Name == "--no-cache"))
            throw new InputException("--no-cache can't be used with --engine slurm, whose tasks hand over their results in the cache; name an empty folder with --cache instead.");
        return [.. given.SelectMany(o => o.Tokens.Select(t => t.Value).Prepend(o.Option.Name))];
    }
}
