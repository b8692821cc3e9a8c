using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;

namespace Repro.Paper.Verification;

/// <summary>
/// A verification cut into stages of independent tasks. Each task leaves its results in the store, where an ordinary run finds them: what it does on one
/// machine, task after task, many machines do at once, over the same shards and in the same order of sums.
/// </summary>
public sealed class StagedWork
{
    private readonly IReadOnlyDictionary<string, WorkUnit[][]> tasks;

    private StagedWork(IReadOnlyDictionary<string, WorkUnit[][]> tasks) => this.tasks = tasks;

    /// <summary>The stages, in their order, with one line for each task.</summary>
    public IReadOnlyList<(string Stage, IReadOnlyList<string> Tasks)> Stages =>
        [.. WorkUnit.Stages.Where(tasks.ContainsKey).Select(stage => (stage, (IReadOnlyList<string>)[.. tasks[stage].Select(Describe)]))];

    /// <summary>Cuts a verification.</summary>
    /// <param name="setup">Checkpoint, corpora, profile, device and store.</param>
    /// <param name="claims">The claims to decide.</param>
    /// <param name="withControls">Whether the untrained checkpoint and the other readings are part of it.</param>
    /// <param name="tasksPerStage">Most tasks of a stage; each does several units where there are more.</param>
    /// <exception cref="Engine.Files.InputException">Checkpoint or corpora can't be used.</exception>
    public static StagedWork Of(Setup setup, IReadOnlyList<Claim> claims, bool withControls, int tasksPerStage)
    {
        LlamaConfig config = Checkpoint.ReadConfig(setup.Checkpoint);
        HashSet<string> seen = new(StringComparer.Ordinal);
        Dictionary<string, WorkUnit[][]> tasks = [];
        bool IsNew(WorkUnit unit) => unit.Keys.Aggregate(false, (found, key) => seen.Add($"{unit.Stage} {key}") || found);
        WorkUnit[] units = [.. VerificationPass.Of(setup, claims, withControls).SelectMany(pass => pass.Units(config)).Where(IsNew)];
        foreach (IGrouping<string, WorkUnit> stage in units.GroupBy(u => u.Stage))
            tasks[stage.Key] = [.. stage.Chunk((stage.Count() + tasksPerStage - 1) / tasksPerStage)];
        return new StagedWork(tasks);
    }

    /// <summary>Does one task.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="index">The task, from 0.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such task.</exception>
    public void Execute(string stage, int index, CancellationToken cancellation = default)
    {
        if (!tasks.TryGetValue(stage, out WorkUnit[][]? all) || index < 0 || index >= all.Length)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The verification has no task {index} of a stage '{stage}'.");
        foreach (IGrouping<VerificationPass, WorkUnit> pass in all[index].GroupBy(u => u.Pass))
        {
            using Laboratory laboratory = new(pass.Key.Setup);
            laboratory.Importance.Cancellation = cancellation;
            foreach (WorkUnit unit in pass)
            {
                cancellation.ThrowIfCancellationRequested();
                laboratory.Regions.Expected = [.. RegionNeeds.Of(unit.Experiments)];
                unit.Work(laboratory, cancellation);
            }
        }
    }

    private static string Describe(WorkUnit[] units) => units.Length == 1
        ? $"{units[0].Pass.Name}: {units[0].Title}"
        : $"{units[0].Pass.Name}: {units[0].Title}, and {units.Length - 1} more";
}
