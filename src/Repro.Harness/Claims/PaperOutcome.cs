using System.Globalization;
using System.Text.Json.Serialization;

namespace Repro.Harness.Claims;

/// <summary>What the paper's own numbers say of a claim: its statistic on them, in its general bound.</summary>
/// <param name="Kind">Whether they satisfy it; <see cref="VerdictKind.NotApplicable"/> where the paper prints no number.</param>
/// <param name="Outside">Rows whose number lies outside the bound.</param>
/// <param name="Printed">Rows for which the paper prints a number.</param>
/// <param name="Why">Why they don't satisfy it, in a sentence; empty where they do.</param>
public sealed record PaperOutcome(VerdictKind Kind, int Outside, int Printed, string Why)
{
    /// <summary>Judges a claim on the paper's numbers.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="published">The paper's numbers of the claim's table.</param>
    public static PaperOutcome Of(Claim claim, IMeasurements published) => Of(claim, claim.Rows.Select(r => (double?)r.Statistic.Evaluate(published)[0]));

    /// <summary>Judges a claim on the paper's numbers of its rows.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="rows">A number for each row; null or no number where the paper prints none.</param>
    public static PaperOutcome Of(Claim claim, IEnumerable<double?> rows)
    {
        double[] printed = [.. rows.OfType<double>().Where(double.IsFinite)];
        int outside = printed.Count(number => !claim.Bound.Contains(number));
        return (printed.Length, outside) switch
        {
            (0, _) => new PaperOutcome(VerdictKind.NotApplicable, 0, 0, ""),
            (_, 0) => new PaperOutcome(VerdictKind.Holds, 0, printed.Length, ""),
            _ when claim.AnyRow && outside < printed.Length => new PaperOutcome(VerdictKind.Holds, outside, printed.Length, ""),
            _ => new PaperOutcome(VerdictKind.Fails, outside, printed.Length, claim.WhyPaperFails),
        };
    }

    /// <summary>How many of the printed rows it rests on, with the reason where they don't satisfy it; empty where none is printed.</summary>
    [JsonIgnore]
    public string Detail => Kind switch
    {
        VerdictKind.Holds => string.Create(CultureInfo.InvariantCulture, $"{Printed - Outside} of {Printed} printed rows"),
        VerdictKind.Fails => string.Create(CultureInfo.InvariantCulture, $"{Outside} of {Printed} printed rows{(Why.Length == 0 ? "" : ", ")}{Why}"),
        _ => "",
    };

    /// <summary>The outcome in a line: <c>Fails: 1 of 11 printed rows, REASON</c>.</summary>
    public override string ToString() => Kind == VerdictKind.NotApplicable ? "prints no number" : $"{Kind}: {Detail}";
}
