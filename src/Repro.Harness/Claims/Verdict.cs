using System.Text.Json.Serialization;

namespace Repro.Harness.Claims;

/// <summary>What a run says about a claim.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VerdictKind>))]
public enum VerdictKind
{
    /// <summary>Every row's interval lies inside the bound, and no gate missed.</summary>
    Holds,

    /// <summary>At least one row's corrected interval lies outside the bound.</summary>
    Fails,

    /// <summary>Neither, or an explosion did not pass the gate.</summary>
    Inconclusive,

    /// <summary>The corpus lacks text the claim needs, or the paper prints no number of it.</summary>
    NotApplicable,
}

/// <summary>One row of a verdict.</summary>
/// <param name="Label">What the number is about.</param>
/// <param name="Paper">The same statistic on the paper's numbers or null where the paper has none.</param>
/// <param name="Value">The measured statistic.</param>
/// <param name="Low">
/// Lower end of the interval that must lie inside the bound for the row to hold. It leaves 5 % on each side, or, where one row is enough for the claim, 5 % / rows.
/// </param>
/// <param name="High">Upper end of that interval.</param>
/// <param name="Margin">Distance from the interval to the bound; negative where it reaches across.</param>
/// <param name="Kind">What this row says.</param>
public sealed record VerdictRow(string Label, double? Paper, double Value, double Low, double High, double Margin, VerdictKind Kind)
{
    /// <summary>Lower end of the interval that must lie outside the bound for the row to fail: it leaves 5 % / rows on each side, or, where one row is enough for the claim, 5 %.</summary>
    /// <value>Of a claim with one row, <see cref="Low"/>.</value>
    public double FailLow { get; init; } = Low;

    /// <summary>Upper end of the interval that must lie outside for the row to fail.</summary>
    /// <value>Of a claim with one row, <see cref="High"/>.</value>
    public double FailHigh { get; init; } = High;

    /// <summary>The row's own bound, where the paper's number sets one; null where the claim's holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bound? OwnBound { get; init; }

    /// <summary>The row that decides: the one nearest to the bound or farthest outside or, where one row is enough, the one farthest inside; null where there is none.</summary>
    /// <param name="rows">A verdict's rows.</param>
    /// <param name="anyRow">Whether one row is enough.</param>
    public static VerdictRow? Deciding(IEnumerable<VerdictRow> rows, bool anyRow) => Deciding(rows, row => row.Margin, anyRow);

    /// <summary>As <see cref="Deciding(IEnumerable{VerdictRow}, bool)"/>, for rows of another form.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="margin">How far a row's interval lies inside the bound; negative outside.</param>
    /// <param name="anyRow">Whether one row is enough.</param>
    public static T? Deciding<T>(IEnumerable<T> rows, Func<T, double> margin, bool anyRow) => anyRow ? rows.MaxBy(margin) : rows.MinBy(margin);
}

/// <summary>One condition under which an explosion is believed.</summary>
/// <param name="Name">What is required.</param>
/// <param name="Passed">Whether it is so.</param>
/// <param name="Detail">The numbers.</param>
public sealed record Gate(string Name, bool Passed, string Detail);

/// <summary>A verdict with everything it rests on.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Kind">The verdict.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="CorrectedLevel">Level of the intervals that are corrected for the number of rows, 1 − 2 · 0.05 / rows; that of the others is 0.9.</param>
/// <param name="Rows">The numbers.</param>
/// <param name="Gates">The explosion gate, where the claim needs it.</param>
public sealed record Verdict(Claim Claim, VerdictKind Kind, string Reason, double CorrectedLevel, IReadOnlyList<VerdictRow> Rows, IReadOnlyList<Gate> Gates)
{
    /// <summary>What the paper's own numbers say.</summary>
    /// <value>By default what those of the rows say.</value>
    public PaperOutcome Paper { get; init; } = PaperOutcome.Of(Claim, Rows.Select(r => r.Paper));
}
