using System.ComponentModel.DataAnnotations;
using Repro.Engine.Files;
using Repro.Engine.Native;
using Repro.Engine.Regions;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;

namespace Repro.Harness.Verification;

/// <summary>A checkpoint to audit.</summary>
/// <param name="Name">What the audit calls it.</param>
/// <param name="Configuration">The checkpoint with texts, profile, device and store.</param>
public sealed record AuditTarget(string Name, RunConfiguration Configuration);

/// <summary>What an audit found of one checkpoint.</summary>
/// <param name="Name">What the audit calls it.</param>
/// <param name="Result">What was measured, or null where it could not be.</param>
/// <param name="Error">Why not, in a sentence; null where it was.</param>
public sealed record AuditedCheckpoint(string Name, VerificationResult? Result, string? Error);

/// <summary>How far the core regions of two checkpoints are the same weights.</summary>
/// <param name="First">One checkpoint.</param>
/// <param name="Second">The other.</param>
/// <param name="Ratio">Share of each tensor that is in the region.</param>
/// <param name="Jaccard">Size of the intersection over size of the union; null where the shapes differ.</param>
/// <param name="ByChance">What two random regions of these sizes have on average.</param>
public sealed record RegionOverlap(string First, string Second, [Range(0.0, 1.0)] double Ratio, [Range(0.0, 1.0)] double? Jaccard, [Range(0.0, 1.0)] double ByChance);

/// <summary>What an audit found.</summary>
/// <param name="Checkpoints">Every checkpoint, in the order given.</param>
/// <param name="Overlaps">Every pair of checkpoints at every ratio that both have measured.</param>
public sealed record AuditResult(IReadOnlyList<AuditedCheckpoint> Checkpoints, IReadOnlyList<RegionOverlap> Overlaps);

/// <summary>The same claims on several checkpoints.</summary>
public static class AuditRun
{
    private const int Digits = 6;

    /// <summary>Verifies one checkpoint after the other; one that fails does not lose the others.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="targets">The checkpoints.</param>
    /// <param name="claims">The claims to decide.</param>
    /// <param name="depth">What is verified beside them.</param>
    /// <param name="observe">Gives the observer of a checkpoint.</param>
    /// <param name="cancellation">Ends the run between two batches.</param>
    public static AuditResult Execute(
        Paper paper,
        IReadOnlyList<AuditTarget> targets,
        IReadOnlyList<Claim> claims,
        VerificationDepth depth,
        Func<AuditTarget, RunObserver>? observe = null,
        CancellationToken cancellation = default)
    {
        AuditedCheckpoint[] audited = [.. targets.Select(target => Verify(paper, target, claims, depth, observe?.Invoke(target), cancellation))];
        return new AuditResult(audited, [.. Overlaps([.. audited.Where(a => a.Result is not null)])]);
    }

    private static AuditedCheckpoint Verify(
        Paper paper, AuditTarget target, IReadOnlyList<Claim> claims, VerificationDepth depth, RunObserver? observer, CancellationToken cancellation)
    {
        try
        {
            return new AuditedCheckpoint(target.Name, VerificationRun.Execute(paper, target.Configuration, claims, depth, observer, cancellation), null);
        }
        catch (InputException e)
        {
            return new AuditedCheckpoint(target.Name, null, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException and not NativeLoadException and not TypeInitializationException)
        {
            // Whatever one checkpoint does to the run, the numbers of the others are not lost.
            return new AuditedCheckpoint(target.Name, null, $"{e.GetType().Name}: {e.Message.Split('\n')[0].Trim()}");
        }
    }

    private static IEnumerable<RegionOverlap> Overlaps(AuditedCheckpoint[] audited) =>
        from second in Enumerable.Range(0, audited.Length)
        from first in Enumerable.Range(0, second)
        from ratio in audited[first].Result!.CoreRegions.Keys.Intersect(audited[second].Result!.CoreRegions.Keys).Order()
        select Overlap(audited[first], audited[second], ratio);

    // Two regions are in memory at a time: a bit for every weight.
    private static RegionOverlap Overlap(AuditedCheckpoint first, AuditedCheckpoint second, double ratio)
    {
        (Region one, Region other) = (RegionFile.Load(first.Result!.CoreRegions[ratio]), RegionFile.Load(second.Result!.CoreRegions[ratio]));
        (double p, double q) = (one.Count / (double)one.Population, other.Count / (double)other.Population);
        return new RegionOverlap(
            first.Name, second.Name, ratio, one.HasShapesOf(other) ? Math.Round(one.Jaccard(other), Digits) : null, Math.Round(p * q / (p + q - (p * q)), Digits));
    }
}
