using System.Collections.Concurrent;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Reporting;
using Repro.Harness.Store;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions;

namespace LinguisticRegions.Claims;

/// <summary>The tiny profile: a table is measured when a test first asks for it, and no other.</summary>
internal static class TinyProfile
{
    public static LinguisticRegionsPaper Paper { get; } = new(() => Project.Published);

    public static Profile Profile => Paper.Profiles[0];

    public static IReadOnlyList<PaperTable> Tables { get; } = Paper.Tables(Profile);

    public static IReadOnlyList<Claim> AllClaims { get; } = [.. Tables.SelectMany(t => t.Claims)];

    /// <summary>The categories of a table's tests.</summary>
    public static TestCaseData InCategories(this TestCaseData test, PaperTable table)
    {
        test.SetCategory(table.Name);
        return table.IsThorough ? test.SetCategory(Skips.ThoroughCategory) : test;
    }

    /// <summary>Skips a test of a thorough table unless the thorough tests run.</summary>
    public static void SkipUnlessThorough(PaperTable table)
    {
        if (table.IsThorough && Skips.Thorough is { } reason)
            Assert.Ignore(reason);
    }

    public static GoldenFolder Goldens { get; } = new(Project.Goldens, GoldenFolder.Names(Paper, Profile));

    public static GoldenComparison Comparison { get; } = new(Goldens, Paper, Profile);

    public static RunConfiguration Configuration { get; } =
        RunConfiguration.Of(Profile, Project.Folder) with { Store = new ResultStore(ResultStore.DefaultFolder()) };

    private static readonly Lazy<VerificationSession> Opened = new(() => new VerificationSession(Paper, Configuration, AllClaims));
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<Verdict>>> Decided = [];

    /// <summary>The snapshot of a claim's verdict.</summary>
    public static ClaimSnapshot Snapshot(Claim claim) =>
        Comparison.Snapshot(Decide(claim.TableId).Single(v => v.Claim.Id == claim.Id), Opened.Value.Provenance, t => Opened.Value.Measured[Condition.Base, t].TokensPerDocument);

    /// <summary>A measured table.</summary>
    public static TableResult Result(PaperTable table)
    {
        Decide(table.Id);
        return Opened.Value.Result(table, RunContext.None);
    }

    private static IReadOnlyList<Verdict> Decide(string table) => Decided.GetOrAdd(table, id => new Lazy<IReadOnlyList<Verdict>>(() =>
        [.. Opened.Value.Decide(Tables.Single(t => t.Id == id), new RunContext(new Heartbeat(id).Show))])).Value;
}
