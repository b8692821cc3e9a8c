using Repro.Harness.Verification;

namespace Repro.Cluster;

/// <summary>A part of a verification on a cluster: tasks that need nothing of each other, and all of the stages before.</summary>
/// <param name="Name">The stage's name, <c>importance</c> say: lower-case letters, as it is part of file names.</param>
/// <param name="Tasks">One line on what each task does; its place is the task's index.</param>
public sealed record ClusterStage(string Name, IReadOnlyList<string> Tasks)
{
    /// <summary>The stages of a verification.</summary>
    public static IReadOnlyList<ClusterStage> Of(StagedWork work) => [.. work.Stages.Select(s => new ClusterStage(s.Stage, s.Tasks))];

    /// <summary>The last stage, which every run has: one task that verifies, with everything it needs in the store.</summary>
    public static ClusterStage Verdict { get; } = new("verdict", ["the verdicts and the report"]);
}
