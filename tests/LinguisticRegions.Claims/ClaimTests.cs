using Repro.Harness.Claims;

namespace LinguisticRegions.Claims;

/// <summary>
/// Every claim of the paper on the tiny profile. A case's name holds the sentence and the verdict that the profile expects, its category is the claim's
/// table; it passes when the verdict and every number are those of the golden.
/// </summary>
public sealed class ClaimTests
{
    private static IEnumerable<TestCaseData> Claims => TinyProfile.AllClaims.Select(claim => new TestCaseData(claim)
        .SetName($"{claim.Table}: {claim.Sentence} ⇒ {TinyProfile.Comparison.Expected(claim)?.ToString() ?? "nothing yet"}")
        .SetCategory(claim.Table));

    [TestCaseSource(nameof(Claims))]
    public Task The_verdict_and_its_numbers_are_the_goldens(Claim claim) => Snapshot.Match(claim, TinyProfile.Snapshot(claim));
}
