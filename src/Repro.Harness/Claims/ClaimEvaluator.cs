using System.Globalization;
using Repro.Engine.Evaluation;

namespace Repro.Harness.Claims;

/// <summary>Decides claims on intervals, never on points.</summary>
/// <remarks>
/// <para>A claim holds when every row's statistic lies inside the bound at 5 % one-sided: the interval with 5 % on each side lies strictly inside. The test of
/// all rows together is an intersection-union test (Berger, 1982): a false claim has at least one false row, which passes with at most 5 %, so that nothing
/// is corrected for the number of rows. For a bound with two ends it is two one-sided tests (TOST; Schuirmann, 1987).</para>
/// <para>A claim fails when at least one row lies outside. With many rows one of them would by chance, so that this needs the corrected interval with 5 % / rows
/// on each side (Bonferroni): of a true claim all rows are spared with 95 %.</para>
/// <para>Where one row in the bound is enough (<see cref="Claim.AnyRow"/>), the two levels change places: any of the rows could pass by chance, and all of them
/// must lie outside for the claim to fail.</para>
/// <para>An interval without width does not refute unless the number is exact: where every resample gives the same number, the units do not tell how far it
/// is from the truth (texts without a repeated word, however many, have a rate of 0 with an interval of 0), and the row is inconclusive. Inside the bound such
/// an interval does hold: a control that must be 0 to the last bit has no width.</para>
/// </remarks>
/// <param name="measured">The run's measurements, which are evaluated on every resample.</param>
/// <param name="shareOfPaper">How far an effect must reach from a claim's general bound towards the paper's own number, 0 to 1.</param>
public sealed class ClaimEvaluator(BootstrapMeasurements measured, double shareOfPaper = 0)
{
    /// <summary>Why an effect on the paper's own model has a bound of its own.</summary>
    public const string OwnBoundRationale =
        "on the paper's own model an effect must reach half of the way from the general bound to the paper's number; texts and samples, which are not the paper's, may cost the other half";

    // Sums over draws leave a last bit where every draw is the same.
    private const double NoWidth = 1e-9;

    /// <summary>How often a row whose statistic lies on the bound is taken to lie inside, and a claim whose rows do to fail.</summary>
    public const double ErrorRate = 0.05;

    /// <summary>Decides a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="paper">The paper's own numbers, of the claim's table.</param>
    /// <param name="gates">The explosion gate, where the claim needs it.</param>
    public Verdict Decide(Claim claim, IMeasurements paper, IReadOnlyList<Gate> gates)
    {
        double corrected = ErrorRate / claim.Rows.Count;
        VerdictRow[] rows = [.. claim.Rows.AsParallel().AsOrdered().Select(row => DecideRow(claim, row, paper, measured.Spread(row.Statistic), corrected))];
        (VerdictKind kind, string reason) = Summarise(rows, gates, claim.AnyRow);
        return new Verdict(claim, kind, reason, 1 - (2 * corrected), rows, gates);
    }

    /// <summary>What a row's intervals say about a bound.</summary>
    /// <param name="toHold">The one that must lie inside for the row to hold.</param>
    /// <param name="toFail">The one that must lie outside for the row to fail.</param>
    /// <param name="bound">The bound.</param>
    /// <param name="isExact">Whether the number is exact, so that an interval without width says all.</param>
    internal static VerdictKind KindOf(Interval toHold, Interval toFail, Bound bound, bool isExact)
    {
        if (toHold.Low > bound.Low && toHold.High < bound.High)
            return VerdictKind.Holds;
        bool outside = toFail.High <= bound.Low || toFail.Low >= bound.High;
        return outside && (isExact || toFail.High - toFail.Low > NoWidth) ? VerdictKind.Fails : VerdictKind.Inconclusive;
    }

    /// <summary>What all rows and gates say together.</summary>
    internal static (VerdictKind Kind, string Reason) Summarise(IReadOnlyList<VerdictRow> rows, IReadOnlyList<Gate> gates, bool anyRow = false)
    {
        int holding = rows.Count(r => r.Kind == VerdictKind.Holds);
        int failing = rows.Count(r => r.Kind == VerdictKind.Fails);
        VerdictRow deciding = VerdictRow.Deciding(rows, anyRow)!;
        string margin = string.Create(CultureInfo.InvariantCulture, $"{(anyRow ? "largest" : "least")} margin {Math.Round(deciding.Margin, 3) + 0.0:+0.000;-0.000} at {deciding.Label}");
        if (anyRow ? failing == rows.Count : failing > 0)
            return (VerdictKind.Fails, $"{failing} of {rows.Count} lie outside the bound, {margin}");
        if (anyRow ? holding == 0 : holding < rows.Count)
            return (VerdictKind.Inconclusive, $"{rows.Count - holding - failing} of {rows.Count} are undecided, {margin}");
        if (gates.FirstOrDefault(g => !g.Passed) is { } gate)
            return (VerdictKind.Inconclusive, $"the numbers fit, but the gate '{gate.Name}' did not pass: {gate.Detail}");
        return (VerdictKind.Holds, $"{(anyRow ? $"{holding} of" : "all")} {rows.Count} lie inside the bound, {margin}");
    }

    /// <summary>A row's bound: the claim's, or for an effect the claim's moved towards the paper's own number.</summary>
    internal Bound BoundOf(Claim claim, double published) => claim.Kind == ClaimKind.Effect && shareOfPaper > 0 ? claim.Bound.Towards(published, shareOfPaper) : claim.Bound;

    private VerdictRow DecideRow(Claim claim, ClaimRow row, IMeasurements paper, Spread spread, double correctedTail)
    {
        Interval interval = spread.Interval(ErrorRate);
        Interval corrected = spread.Interval(correctedTail);
        (Interval toHold, Interval toFail) = claim.AnyRow ? (corrected, interval) : (interval, corrected);
        double published = row.Statistic.Evaluate(paper)[0];
        Bound bound = BoundOf(claim, published);
        return new VerdictRow(
            row.Label,
            double.IsNaN(published) ? null : published,
            toHold.Value,
            toHold.Low,
            toHold.High,
            Math.Min(toHold.Low - bound.Low, bound.High - toHold.High),
            KindOf(toHold, toFail, bound, spread.IsExact))
        {
            FailLow = toFail.Low,
            FailHigh = toFail.High,
            OwnBound = bound == claim.Bound ? null : bound,
        };
    }
}
