using System.Globalization;
using Repro.Engine.Evaluation;

namespace Repro.Paper.Claims;

/// <summary>Decides claims on intervals, never on points.</summary>
/// <param name="paper">The paper's own numbers.</param>
/// <param name="measured">The run's.</param>
public sealed class Judge(IMeasuredWorld paper, MeasuredWorlds measured)
{
    private const double FamilyLevel = 0.95;

    /// <summary>The run's measurements.</summary>
    public IMeasuredWorld Point => measured.Point;

    /// <summary>Decides a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="gates">The explosion gate, where the claim needs it.</param>
    /// <remarks>
    /// Every row gets a percentile interval at level 1 − 0.05 / rows (Bonferroni), so that all rows of a claim cover their values together with
    /// 95 % confidence.
    /// </remarks>
    public Verdict Decide(Claim claim, IReadOnlyList<Gate> gates)
    {
        double level = 1 - ((1 - FamilyLevel) / claim.Rows.Count);
        VerdictRow[] rows = [.. claim.Rows.Zip(measured.Intervals(claim, level), (row, interval) => DecideRow(row, claim.Bound, interval))];
        (VerdictKind kind, string reason) = Summarise(rows, gates);
        return new Verdict(claim, kind, reason, level, rows, gates);
    }

    /// <summary>What an interval says about a bound.</summary>
    internal static VerdictKind KindOf(Interval interval, Bound bound)
    {
        if (interval.Low > bound.Low && interval.High < bound.High)
            return VerdictKind.Holds;
        return interval.High <= bound.Low || interval.Low >= bound.High ? VerdictKind.Fails : VerdictKind.Inconclusive;
    }

    /// <summary>What all rows and gates say together.</summary>
    internal static (VerdictKind Kind, string Reason) Summarise(IReadOnlyList<VerdictRow> rows, IReadOnlyList<Gate> gates)
    {
        int failing = rows.Count(r => r.Kind == VerdictKind.Fails);
        int open = rows.Count(r => r.Kind == VerdictKind.Inconclusive);
        VerdictRow worst = rows.MinBy(r => r.Margin)!;
        string least = string.Create(CultureInfo.InvariantCulture, $"least margin {worst.Margin:+0.000;-0.000} at {worst.Label}");
        if (failing > 0)
            return (VerdictKind.Fails, $"{failing} of {rows.Count} lie outside the bound, {least}");
        if (open > 0)
            return (VerdictKind.Inconclusive, $"{open} of {rows.Count} straddle the bound, {least}");
        if (gates.FirstOrDefault(g => !g.Passed) is { } gate)
            return (VerdictKind.Inconclusive, $"the numbers fit, but the gate '{gate.Name}' did not pass: {gate.Detail}");
        return (VerdictKind.Holds, $"all {rows.Count} lie inside the bound, {least}");
    }

    private VerdictRow DecideRow(ClaimRow row, Bound bound, Interval interval)
    {
        double published = row.Statistic(paper);
        return new VerdictRow(
            row.Label,
            double.IsNaN(published) ? null : published,
            interval.Value,
            interval.Low,
            interval.High,
            Math.Min(interval.Low - bound.Low, bound.High - interval.High),
            KindOf(interval, bound));
    }
}
