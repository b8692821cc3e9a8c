using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Harness.Verification;

namespace Repro.Harness.Reporting;

/// <summary>Holds a run against the goldens of its profile; nothing is written.</summary>
/// <param name="goldens">The goldens.</param>
/// <param name="paper">Gives the tables.</param>
/// <param name="profile">The profile.</param>
public sealed class GoldenComparison(GoldenFolder goldens, Paper paper, Profile profile)
{
    private readonly Dictionary<string, PaperTable> tables = paper.Tables(profile).ToDictionary(t => t.Id);

    /// <summary>Everything that was found, beside its golden.</summary>
    public IReadOnlyList<ComparedGolden> Compare(VerificationResult result)
    {
        double TokensPerDocument(Claim claim, TestText text) => result.Tables.Single(t => t.Table == claim.TableId).Texts[text.Name].TokensPerDocument;
        return
        [
            .. result.Tables.Select(goldens.Compare),
            .. result.Verdicts.Select(v => goldens.Compare(v.Claim.Id, Snapshot(v, result.Provenance, text => TokensPerDocument(v.Claim, text)))),
            .. result.Robustness is { } robustness ? new[] { goldens.Compare(robustness) } : [],
            .. result.Untrained is { } untrained ? new[] { goldens.Compare(untrained, isWhole: result.Robustness is not null) } : [],
        ];
    }

    /// <summary>A verdict as its golden has it.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="provenance">What it was measured on.</param>
    /// <param name="tokensPerDocument">Tokens per document of the texts that it was decided on.</param>
    public ClaimSnapshot Snapshot(Verdict verdict, Provenance provenance, Func<TestText, double> tokensPerDocument) =>
        ClaimSnapshot.Of(verdict, provenance, new Tolerances().For(tables[verdict.Claim.TableId].Plan.Quantities, tokensPerDocument));

    /// <summary>The verdict that the profile expects of a claim, or null where there is no golden.</summary>
    public VerdictKind? Expected(Claim claim) => goldens.ReadClaim(claim.Id)?.Verdict;
}
