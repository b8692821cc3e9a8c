using Repro.Paper.Claims;

namespace Repro.Paper.Goldens;

/// <summary>The verdict a profile expects of a claim.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="LeastMargin">The smallest distance between a row's interval and the bound, in the claim's unit; negative where one reaches across.</param>
/// <param name="Row">The row it is at.</param>
/// <param name="Sentence">The claim.</param>
public sealed record ExpectedVerdict(VerdictKind Verdict, double LeastMargin, string Row, string Sentence);

/// <summary>The verdicts a profile expects; an honest <c>Fails</c> is as good as any other.</summary>
public sealed record ClaimsGolden
{
    /// <summary>File name of this golden.</summary>
    public const string Id = "claims";

    /// <summary>What the verdicts were reached on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>How far a margin may move.</summary>
    public required Tolerance Margin { get; init; }

    /// <summary>Verdicts by claim id.</summary>
    public required IReadOnlyDictionary<string, ExpectedVerdict> Claims { get; init; }

    /// <summary>These verdicts, and another golden's for claims that these do not decide.</summary>
    public ClaimsGolden Over(ClaimsGolden golden) => this with
    {
        Claims = golden.Claims.Where(c => !Claims.ContainsKey(c.Key)).Concat(Claims).ToDictionary(c => c.Key, c => c.Value),
    };

    /// <summary>The verdicts of a run.</summary>
    public static ClaimsGolden Of(Provenance provenance, IEnumerable<Verdict> verdicts) => new()
    {
        Provenance = provenance,
        Margin = new Tolerance(0.4, "a margin may hold four measurements of trained models, each with a tolerance of 0.1; what it is made of is compared more closely in the tables"),
        Claims = verdicts.ToDictionary(v => v.Claim.Id, v =>
        {
            VerdictRow? least = v.Rows.MinBy(r => r.Margin);
            return new ExpectedVerdict(v.Kind, Math.Round(least?.Margin ?? 0, 4), least?.Label ?? "", v.Claim.Sentence);
        }),
    };
}
