using Repro.Harness.Measuring;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Pages;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Pages;

/// <summary>The pages on single findings, written from a made-up run.</summary>
public sealed class PagesTests
{
    [Test]
    public void The_page_on_masters_has_the_papers_numbers_beside_the_measured_ones()
    {
        string page = MastersPage.Of(PaperProfiles.Tiny, Tested.Tables, MadeUpRun.Results)!;
        page.Should().Contain("1 % removed").And.Contain("5 % removed").And.Contain("(674.08)").And.Contain("masters restored");
        page.Split('\n').Where(l => l.Contains("200K", StringComparison.Ordinal)).Should().HaveCountGreaterThanOrEqualTo(6, "three texts in each of two tables");
    }

    [Test]
    public void The_page_on_masters_states_how_far_seven_warm_up_steps_reach() =>
        MastersPage.Of(PaperProfiles.Tiny, Tested.Tables, MadeUpRun.Results).Should().Contain("at most 1.1e-5", "5e-5 · (0 + 1 + … + 6) / 100, and no step moves further than its rate");

    [Test]
    public void The_page_on_forgetting_shows_every_run_once_with_the_papers_end_points()
    {
        string page = ForgettingPage.Of(PaperProfiles.Tiny, Tested.Tables, MadeUpRun.Results)!;
        page.Should().Contain("(563.423)").And.Contain("(3.557)");
        page.Split('\n').Where(l => l.StartsWith("ar at", StringComparison.Ordinal)).Should().OnlyHaveUniqueItems().And.HaveCount(5 + 2 + 2 + 3);
    }

    [Test]
    public void The_density_page_shades_the_densest_block_darkest()
    {
        string page = DensityPage.Of([new DensityMap("figure-02", "w", [[0, 0.5], [1, 0.1]])]);
        page.Should().EndWith("\n +\n@.\n");
    }

    [Test]
    public void Nothing_measured_gives_no_page()
    {
        MastersPage.Of(PaperProfiles.Tiny, Tested.Tables, []).Should().BeNull();
        ForgettingPage.Of(PaperProfiles.Tiny, Tested.Tables, []).Should().BeNull();
        Names(MadeUpRun.Verification([])).Should().BeEmpty();
    }

    [Test]
    public void A_run_has_the_pages_on_what_it_measured()
    {
        Names(MadeUpRun.Verification(MadeUpRun.Results)).Should().Equal("masters.txt", "forgetting.txt");
        Names(MadeUpRun.Verification([]) with { DensityMaps = [new DensityMap("figure-02", "w", [[1]])] }).Should().Equal("figure-02.txt");
        Names(MadeUpRun.Verification([.. MadeUpRun.Results.Where(r => r.Table == "table-06")])).Should().Equal("masters.txt");
    }

    private static IEnumerable<string> Names(VerificationResult result) => PaperPages.Of(Tested.Paper, PaperProfiles.Tiny, result).Select(p => p.Name);
}
