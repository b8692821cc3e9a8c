using System.Globalization;
using Repro.Engine.Evaluation;

namespace Repro.Harness.Claims;

/// <summary>Decides claims on intervals, never on points.</summary>
/// <param name="measured">The run's measurements, which are evaluated on every resample.</param>
/// <param name="shareOfPaper">How far an effect must reach from a claim's general bound towards the paper's own number, 0 to 1.</param>
public sealed class ClaimEvaluator(BootstrapMeasurements measured, double shareOfPaper = 0)
{
    /// <summary>Why an effect on the paper's own model has a bound of its own.</summary>
    public const string OwnBoundRationale =
        "on the paper's own model an effect must reach half of the way from the general bound to the paper's number; texts and samples, which are not the paper's, may cost the other half";

    private const double FamilyLevel = 0.95;

    /// <summary>Decides a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="paper">The paper's own numbers, of the claim's table.</param>
    /// <param name="gates">The explosion gate, where the claim needs it.</param>
    /// <remarks>
    /// Every row gets a percentile interval at level 1 − 0.05 / rows (Bonferroni), so that all rows of a claim cover their values together with
    /// 95 % confidence.
    /// </remarks>
    public Verdict Decide(Claim claim, IMeasurements paper, IReadOnlyList<Gate> gates)
    {
        double level = 1 - ((1 - FamilyLevel) / claim.Rows.Count);
        VerdictRow[] rows = [.. claim.Rows.AsParallel().AsOrdered().Select(row => DecideRow(claim, row, paper, measured.Interval(row.Statistic, level)))];
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

    /// <summary>A row's bound: the claim's, or for an effect the claim's moved towards the paper's own number.</summary>
    internal Bound BoundOf(Claim claim, double published) => claim.Kind == ClaimKind.Effect && shareOfPaper > 0 ? claim.Bound.Towards(published, shareOfPaper) : claim.Bound;

    private VerdictRow DecideRow(Claim claim, ClaimRow row, IMeasurements paper, Interval interval)
    {
        double published = row.Statistic.Evaluate(paper)[0];
        Bound bound = BoundOf(claim, published);
        return new VerdictRow(
            row.Label,
            double.IsNaN(published) ? null : published,
            interval.Value,
            interval.Low,
            interval.High,
            Math.Min(interval.Low - bound.Low, bound.High - interval.High),
            KindOf(interval, bound))
        {
            OwnBound = bound == claim.Bound ? null : bound,
        };
    }
}
