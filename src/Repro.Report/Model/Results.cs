using System.ComponentModel.DataAnnotations;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Reporting;
using Repro.Harness.Verification;

namespace Repro.Report.Model;

/// <summary>The results of one checkpoint.</summary>
/// <param name="Name">What the run calls it.</param>
/// <param name="Error">Why there are none, in a sentence; null where there are.</param>
/// <param name="Report">Verdicts, tables, controls and provenance; null where there are none.</param>
/// <param name="Figures">The numbers of the figures.</param>
/// <param name="DensityMaps">Pictures of where regions lie; empty where none was drawn.</param>
public sealed record CheckpointResults(string Name, string? Error, VerificationReport? Report, IReadOnlyList<Figure> Figures, IReadOnlyList<DensityMap> DensityMaps);

/// <summary>A claim whose verdict on a checkpoint is another than on the first one.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="From">The verdict on the first checkpoint.</param>
/// <param name="To">The verdict on this one.</param>
public sealed record VerdictChange(string Claim, string Checkpoint, VerdictKind From, VerdictKind To);

/// <summary>Everything a verification or an audit says: the content of <c>results.json</c>, from which every page is written.</summary>
/// <param name="Schema">Name and version of this form, <c>repro-results/2</c>.</param>
/// <param name="Environment">What it ran on.</param>
/// <param name="Checkpoints">The checkpoints, in the order given.</param>
/// <param name="Overlaps">How far the core regions of each pair are the same weights.</param>
/// <param name="Changes">Verdicts that differ from those on the first checkpoint that has any.</param>
public sealed record Results(
    [AllowedValues(Results.CurrentSchema)] string Schema, RunEnvironment Environment, IReadOnlyList<CheckpointResults> Checkpoints, IReadOnlyList<RegionOverlap> Overlaps, IReadOnlyList<VerdictChange> Changes)
{
    /// <summary>What the run computed, and how fast; null where everything was recalled.</summary>
    public Performance? Performance { get; init; }

    /// <summary>The form that this version writes and reads.</summary>
    public const string CurrentSchema = "repro-results/2";

    /// <summary>The results of a verification.</summary>
    /// <param name="environment">What it ran on.</param>
    /// <param name="name">What to call the checkpoint.</param>
    /// <param name="result">What was measured.</param>
    /// <param name="report">What it comes to.</param>
    public static Results Of(RunEnvironment environment, string name, VerificationResult result, VerificationReport report) =>
        Of(environment, [new CheckpointResults(name, null, report, result.Figures, result.DensityMaps)], []);

    /// <summary>The results of an audit; of no checkpoint are there goldens, so every claim is expected to hold.</summary>
    /// <param name="environment">What it ran on.</param>
    /// <param name="audit">What was measured.</param>
    public static Results Of(RunEnvironment environment, AuditResult audit) => Of(
        environment,
        [.. audit.Checkpoints.Select(c => new CheckpointResults(c.Name, c.Error, c.Result is { } result ? VerificationReport.From(result, null, _ => VerdictKind.Holds) : null, c.Result?.Figures ?? [], c.Result?.DensityMaps ?? []))],
        audit.Overlaps);

    /// <summary>The results of several checkpoints.</summary>
    /// <param name="environment">What they ran on.</param>
    /// <param name="checkpoints">The checkpoints.</param>
    /// <param name="overlaps">How far their core regions are the same weights.</param>
    public static Results Of(RunEnvironment environment, IReadOnlyList<CheckpointResults> checkpoints, IReadOnlyList<RegionOverlap> overlaps) =>
        new(CurrentSchema, environment, checkpoints, overlaps, [.. ChangesIn(checkpoints)]);

    /// <summary>The checkpoints that have verdicts.</summary>
    public IEnumerable<(string Name, VerificationReport Report)> Verified() => Checkpoints.Where(c => c.Report is not null).Select(c => (c.Name, c.Report!));

    private static IEnumerable<VerdictChange> ChangesIn(IReadOnlyList<CheckpointResults> checkpoints)
    {
        VerificationReport[] reports = [.. checkpoints.Select(c => c.Report).OfType<VerificationReport>()];
        if (reports.Length == 0)
            return [];
        Dictionary<string, VerdictKind> first = reports[0].Verdicts.ToDictionary(v => v.Id, v => v.Verdict);
        return from checkpoint in checkpoints
               where checkpoint.Report is not null && checkpoint.Report != reports[0]
               from verdict in checkpoint.Report!.Verdicts
               where first.TryGetValue(verdict.Id, out VerdictKind before) && before != verdict.Verdict
               select new VerdictChange(verdict.Id, checkpoint.Name, first[verdict.Id], verdict.Verdict);
    }
}
