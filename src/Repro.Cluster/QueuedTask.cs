using System.Globalization;

namespace Repro.Cluster;

/// <summary>A task that Slurm has in its queue.</summary>
/// <param name="Job">The id of its job or array of jobs.</param>
/// <param name="Index">Its index in the array; 0 outside arrays.</param>
/// <param name="Runs">Whether it has a node, rather than waiting for one.</param>
/// <param name="Reason">Why it waits, in Slurm's word; <c>None</c> where there is nothing to say.</param>
public sealed record QueuedTask(string Job, int Index, bool Runs, string Reason)
{
    /// <summary>squeue's format for <see cref="Parse"/>: array's id, index, state, reason.</summary>
    public const string Format = "%F|%K|%T|%r";

    private static readonly string[] Waiting = ["PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "RESV_DEL_HOLD", "SPECIAL_EXIT"];

    /// <summary>Reads a line of squeue.</summary>
    /// <exception cref="SlurmException">It is not in <see cref="Format"/>.</exception>
    public static QueuedTask Parse(string line)
    {
        string[] fields = line.Trim().Split('|', 4);
        int index = 0;
        if (fields.Length < 4 || (fields[1] != "N/A" && !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            throw new SlurmException($"squeue answered '{line.Trim()}', which is no line of '{Format}'; see that 'squeue --me --array --format \"{Format}\"' works here.");
        return new QueuedTask(fields[0], index, !Waiting.Contains(fields[2]), fields[3]);
    }
}
