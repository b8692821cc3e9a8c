using Repro.Paper.Goldens;
using Repro.Paper.Tests.Claims;

namespace Repro.Paper.Tests.Goldens;

/// <summary>What was measured is what the repository says was measured.</summary>
public sealed class GoldenTests
{
    private static IEnumerable<string> Ids => GoldenFolder.KnownIds.Where(id => id != ClaimsGolden.Id);

    [TestCaseSource(nameof(Ids))]
    public async Task The_measured_table_matches_its_golden(string id) =>
        await Snapshot.Match(id, TinyRun.Result.Experiments.Single(e => e.Experiment == id)).ConfigureAwait(false);

    [Test]
    public async Task The_verdicts_match_their_golden() =>
        await Snapshot.Match(ClaimsGolden.Id, ClaimsGolden.Of(TinyRun.Result.Provenance, TinyRun.Result.Verdicts)).ConfigureAwait(false);

    [Test]
    public void No_golden_is_missing_or_orphaned()
    {
        GoldenFolder folder = new(Project.Goldens);
        folder.Status().Where(s => s.Orphan || !s.Verified).Should().BeEmpty();
        Directory.EnumerateFiles(Project.Goldens).Select(Path.GetFileName).Should().OnlyContain(n => n!.EndsWith(".verified.json") || n.EndsWith(".received.json"));
    }
}
