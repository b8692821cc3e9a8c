using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Tests.Claims;

namespace Repro.Paper.Tests.Goldens;

/// <summary>What was measured is what the repository says was measured.</summary>
public sealed class GoldenTests
{
    private static IEnumerable<string> Ids => PaperExperiments.Ids;

    [TestCaseSource(nameof(Ids))]
    public async Task The_measured_table_matches_its_golden(string id) =>
        await Snapshot.Match(id, TinyRun.Result.Experiments.Single(e => e.Experiment == id)).ConfigureAwait(false);

    [Test]
    public async Task The_verdicts_match_their_golden() =>
        await Snapshot.Match(ClaimsGolden.Id, ClaimsGolden.Of(TinyRun.Result.Provenance, TinyRun.Result.Verdicts)).ConfigureAwait(false);

    [Test]
    [Category("Control")]
    public async Task The_verdicts_under_other_readings_match_their_golden() => await Snapshot.Match(RobustnessGolden.Id, TinyRun.Robustness).ConfigureAwait(false);

    [Test]
    [Category("Control")]
    public async Task The_verdicts_on_an_untrained_checkpoint_match_their_golden() => await Snapshot.Match(UntrainedGolden.Id, TinyRun.Untrained).ConfigureAwait(false);

    [Test]
    [Category("Control")]
    public void An_untrained_checkpoint_confirms_no_effect() => TinyRun.Untrained.Confirmed.Should().BeEmpty();

    [Test]
    [Category("Control")]
    public void The_concentration_of_figure_2_needs_no_training() => TinyRun.Untrained.OfTheMethod.Should().Equal("figure-02-concentrated");

    [Test]
    public void No_golden_is_missing_or_orphaned()
    {
        GoldenFolder folder = new(Project.Goldens);
        folder.Status().Where(s => s.Orphan || !s.Verified).Should().BeEmpty();
        Directory.EnumerateFiles(Project.Goldens).Select(Path.GetFileName).Should().OnlyContain(n => n!.EndsWith(".verified.json") || n.EndsWith(".received.json"));
    }
}
