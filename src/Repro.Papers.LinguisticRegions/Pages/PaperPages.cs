using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Verification;

namespace Repro.Papers.LinguisticRegions.Pages;

/// <summary>The paper's own pages on what was measured.</summary>
public static class PaperPages
{
    /// <summary><c>masters.txt</c> (Tables 2 and 6), <c>forgetting.txt</c> (Figure 5) and <c>figure-02.txt</c>, where measured.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="result">What was found.</param>
    public static IEnumerable<(string Name, string Text)> Of(Paper paper, Profile profile, VerificationResult result)
    {
        IReadOnlyList<PaperTable> tables = paper.Tables(profile);
        if (MastersPage.Of(profile, tables, result.Tables) is { } masters)
            yield return ("masters.txt", masters);
        if (ForgettingPage.Of(profile, tables, result.Tables) is { } forgetting)
            yield return ("forgetting.txt", forgetting);
        if (result.DensityMaps.Count > 0)
            yield return ("figure-02.txt", DensityPage.Of(result.DensityMaps));
    }
}
