using Repro.Engine.Cores;
using Repro.Engine.Models;

namespace Repro.Engine.Training;

/// <summary>
/// Trains many runs from the same weights. Runs of a small model that read the same documents in the same order are trained as one: they may differ in
/// learning rate and in what is removed, frozen or slowed. A run's numbers depend neither on the runs it is trained with nor on the cores.
/// </summary>
public static class StackedTraining
{
    // More save no further operations to speak of, and their weights, gradients and moments leave the cache.
    private const int MostRuns = 8;

    /// <summary>Trains all runs; when one throws, no further stack begins and the first exception is thrown again.</summary>
    /// <param name="load">Gives a model of the weights that all runs start from, in the type they are trained in; it is disposed.</param>
    /// <param name="runs">The runs, in any order; asked for one at a time where they are trained alone.</param>
    /// <param name="cancellation">Ends the runs between two steps.</param>
    /// <exception cref="Files.InputException">A region is another model's, or a snapshot is damaged.</exception>
    public static void Run(Func<LlamaModel> load, IEnumerable<StackedRun> runs, CancellationToken cancellation = default)
    {
        LlamaModel? start = load();
        try
        {
            bool isSmall = OneCoreEach.IsSmall(start.Config, start.Device);
            List<TrainingStack.Member> together = [];
            foreach (StackedRun run in runs)
            {
                if (isSmall && run.Training.Settings.MicroBatch == 0)
                {
                    together.Add(new TrainingStack.Member(run));
                    continue;
                }

                // Of a large model there is room for one copy that is trained.
                start ??= load();
                RunAlone(start, run, cancellation);
                start.Dispose();
                start = null;
            }

            if (together.Count > 0)
                RunTogether(start ??= load(), together, cancellation);
        }
        finally
        {
            start?.Dispose();
        }
    }

    /// <summary>Groups runs that can be trained as one, in groups of like size.</summary>
    internal static IEnumerable<TrainingStack.Member[]> Stacks(IReadOnlyList<TrainingStack.Member> members, int cores)
    {
        List<List<TrainingStack.Member>> alike = [];
        foreach (TrainingStack.Member member in members)
        {
            if (alike.FirstOrDefault(group => group[0].ReadsAs(member)) is { } group)
                group.Add(member);
            else
                alike.Add([member]);
        }

        // Where there are fewer groups than cores, each is cut into as many stacks as there are cores.
        foreach (List<TrainingStack.Member> group in alike)
        {
            int count = Math.Max((group.Count + MostRuns - 1) / MostRuns, alike.Count < cores ? Math.Min(cores, group.Count) : 1);
            foreach (TrainingStack.Member[] stack in group.Chunk((group.Count + count - 1) / count))
                yield return stack;
        }
    }

    private static void RunTogether(LlamaModel start, IReadOnlyList<TrainingStack.Member> runs, CancellationToken cancellation)
    {
        int cores = OneCoreEach.Degree(start.Config, start.Device);
        OneCoreEach.ForEach(
            [.. Stacks(runs, cores).OrderByDescending(s => s.Length * (long)s[0].StepsLeft)],
            cores,
            members =>
            {
                using TrainingStack stack = new(start, members);
                stack.Run(cancellation);
            });
    }

    private static void RunAlone(LlamaModel model, StackedRun run, CancellationToken cancellation) => run.Training.Run(
        model,
        run.MeasureAfter,
        documents => run.Measure(documents, parameters => parameters.SetAll(model.Parameters)),
        run.Progress,
        run.Snapshot,
        run.IsMeasured,
        cancellation);
}
