using System.Globalization;
using System.Text;
using Repro.Harness.Claims;
using Repro.Harness.Verification;

namespace Repro.Harness.Reporting;

/// <summary>Verdicts as plain text, at most 80 columns wide where the labels allow.</summary>
public static class VerdictText
{
    private const int Width = 80;

    /// <summary>A verdict with every row: what a failed test prints.</summary>
    public static string Detailed(Verdict verdict)
    {
        StringBuilder text = new();
        Claim claim = verdict.Claim;
        Line(text, $"{claim.Table}: {claim.Sentence}  [{claim.Id}]");
        Line(text, $"  verdict    {verdict.Kind}: {verdict.Reason}");
        Line(text, $"  statistic  {claim.Statistic}");
        Line(text, $"  bound      {BoundText(claim.Bound)}  ({claim.Rationale})");
        Line(text, $"  paper      {verdict.Paper}");
        if (verdict.Rows.Any(r => r.OwnBound is not null))
            Line(text, $"  rows       {ClaimEvaluator.OwnBoundRationale}");
        if (verdict.Rows.Count > 0)
        {
            double corrected = (1 - verdict.CorrectedLevel) / 2;
            if (verdict.Rows.Count == 1)
                Line(text, $"  intervals  5 % on each side; the claim holds when it lies inside the bound");
            else if (claim.AnyRow)
                Line(text, $"  intervals  {corrected:P2} on each side (Bonferroni); the claim holds when one of {verdict.Rows.Count} lies inside the bound\n  to fail    5 % on each side; it fails when all lie outside (intersection-union)");
            else
                Line(text, $"  intervals  5 % on each side; the claim holds when all lie inside the bound (intersection-union)\n  to fail    {corrected:P2} on each side; it fails when one of {verdict.Rows.Count} lies outside (Bonferroni)");
            Line(text, $"  {"",-28} {"paper",9} {"measured",9}  {"interval",-19} {"margin",8}  {(verdict.Rows.Count > 1 ? "to fail" : "")}");
            foreach (VerdictRow row in verdict.Rows)
                Line(text, $"  {row.Label,-28} {Number(row.Paper),9} {row.Value,9:F3}  [{row.Low,8:F3}, {row.High,7:F3}] {row.Margin,8:F3}  {(verdict.Rows.Count > 1 ? FormattableString.Invariant($"[{row.FailLow,8:F3}, {row.FailHigh,7:F3}]  ") : "")}{(row.OwnBound is { } own ? $"bound {BoundText(own)}  " : "")}{(row.Kind == VerdictKind.Holds ? "" : row.Kind)}");
        }

        foreach (Gate gate in verdict.Gates)
            Line(text, $"  gate       {(gate.Passed ? "passed" : "NOT PASSED")}: {gate.Name} ({gate.Detail})");
        return text.ToString();
    }

    /// <summary>One verdict in two or three lines: the sentence and the row that decides: the one nearest to the bound, or, where one row is enough, the one farthest inside.</summary>
    public static string Short(Verdict verdict, VerdictKind? expected)
    {
        StringBuilder text = new();
        string unexpected = expected is null || expected == verdict.Kind ? "" : $" (expected {expected})";
        Line(text, $"{verdict.Kind,-13} {verdict.Claim.Table}: {verdict.Claim.Sentence}{unexpected}");
        if (VerdictRow.Deciding(verdict.Rows, verdict.Claim.AnyRow) is { } row)
            Line(text, $"{"",-13} {row.Label}: paper {Number(row.Paper)}, measured {row.Value:F3} [{row.Low:F3}, {row.High:F3}], bound {BoundText(row.OwnBound ?? verdict.Claim.Bound)}");
        if (verdict.Kind is not VerdictKind.Holds)
            Line(text, $"{"",-13} {verdict.Reason}");
        return text.ToString();
    }

    /// <summary>What the controls and the other readings say; empty where they were not asked for.</summary>
    public static string Controls(VerificationResult result)
    {
        StringBuilder text = new();
        if (result.Untrained is { } untrained)
        {
            Line(text, $"Untrained checkpoint: {(untrained.Confirmed.Count == 0 ? "confirms no claim of an effect, as it must not" : $"CONFIRMS {string.Join(", ", untrained.Confirmed)}")}");
            if (untrained.ModelIndependent.Count > 0)
                Line(text, $"  it also shows {string.Join(", ", untrained.ModelIndependent)}: true of the method, not of what training has made");
        }

        if (result.Robustness is { } robustness)
        {
            Line(text, $"Other readings: {robustness.Claims.Count - robustness.Dependent.Count} of {robustness.Claims.Count} verdicts are the same under every reading");
            foreach (string sentence in robustness.Dependent)
                Line(text, $"  {sentence}");
        }

        return text.ToString();
    }

    /// <summary>How many verdicts of each kind, and how many claims of each kind hold.</summary>
    public static string Summary(IReadOnlyCollection<Verdict> verdicts) =>
        $"{verdicts.Count} {(verdicts.Count == 1 ? "claim" : "claims")}: " + string.Join(", ", verdicts.GroupBy(v => v.Kind).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"))
        + (verdicts.Count == 0 ? "" : $" ({HoldingByKind(verdicts.Select(v => (v.Claim.Kind, v.Kind)))})");

    /// <summary>How many claims hold that say there is an effect, that there is none, and that are about the method: three things that are no one score.</summary>
    /// <param name="verdicts">Of each claim what it says there is, and its verdict; at least one.</param>
    public static string HoldingByKind(IEnumerable<(ClaimKind Kind, VerdictKind Verdict)> verdicts) => string.Join(", ", verdicts.GroupBy(v => v.Kind).OrderBy(g => g.Key).Select((g, place) =>
    {
        string kind = g.Key switch
        {
            ClaimKind.Effect => "effects",
            ClaimKind.NoEffect => "no-effects",
            _ => "of the method",
        };
        return $"{kind} {g.Count(v => v.Verdict == VerdictKind.Holds)} of {g.Count()}{(place == 0 ? " hold" : "")}";
    }));

    /// <summary>How many claims of an effect would hold by chance: what all the claims together may be wrong in.</summary>
    /// <param name="effects">How many there are.</param>
    public static string ByChance(int effects) => string.Create(
        CultureInfo.InvariantCulture, $"Were none of the {effects} effects there, at most {effects * ClaimEvaluator.ErrorRate:0.#} of them would hold by chance on average (5 % each).");

    /// <summary>A line across the terminal.</summary>
    public static string Rule { get; } = new('-', Width);

    private static string BoundText(Bound bound) => bound switch
    {
        { High: double.PositiveInfinity } => string.Create(CultureInfo.InvariantCulture, $"> {bound.Low:G4}"),
        { Low: double.NegativeInfinity } => string.Create(CultureInfo.InvariantCulture, $"< {bound.High:G4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bound.Low:G4} to {bound.High:G4}"),
    };

    private static string Number(double? value) => value?.ToString("F3", CultureInfo.InvariantCulture) ?? "-";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
