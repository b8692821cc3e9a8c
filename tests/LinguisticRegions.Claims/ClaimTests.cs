using Repro.Harness.Claims;
using Repro.Harness.Papers;

namespace LinguisticRegions.Claims;

/// <summary>
/// Every claim of the paper on the tiny profile. A case's name holds the sentence and the verdict that the profile expects, its category is the claim's
/// table; it passes when the verdict and every number are those of the golden.
/// </summary>
public sealed class ClaimTests
{
    private static IEnumerable<TestCaseData> Claims => TinyProfile.Tables.SelectMany(table => table.Claims.Select(claim => new TestCaseData(table, claim)
        .SetName($"{claim.Table}: {claim.Sentence} ⇒ {TinyProfile.Comparison.Expected(claim)?.ToString() ?? "nothing yet"}")
        .InCategories(table)));

    [TestCaseSource(nameof(Claims))]
    public Task The_verdict_and_its_numbers_are_the_goldens(PaperTable table, Claim claim)
    {
        TinyProfile.SkipUnlessThorough(table);
        return Snapshot.Match(claim, TinyProfile.Snapshot(claim));
    }
}
