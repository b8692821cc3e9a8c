using Repro.Harness.Claims;
using Repro.Harness.Papers;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests;

/// <summary>The paper that is tested, and its tables on the tiny profile.</summary>
internal static class Tested
{
    public static LinguisticRegionsPaper Paper { get; } = new(() => Project.Published);

    public static IReadOnlyList<PaperTable> Tables { get; } = Paper.Tables(PaperProfiles.Tiny);

    public static IReadOnlyList<Claim> Claims { get; } = [.. Tables.SelectMany(t => t.Claims)];

    public static PaperTable Table(string id) => Tables.Single(t => t.Id == id);

    public static Claim Claim(string id) => Claims.Single(c => c.Id == id);
}
