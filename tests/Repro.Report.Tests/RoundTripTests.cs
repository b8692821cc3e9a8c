using Repro.Report.Markdown;
using Repro.Report.Model;

namespace Repro.Report.Tests;

/// <summary>What is written to results.json comes back from it.</summary>
public sealed class RoundTripTests
{
    private static IEnumerable<Results> All => [SampleResults.One, SampleResults.Three];

    [TestCaseSource(nameof(All))]
    public void Results_come_back_from_their_file(Results results)
    {
        using TemporaryFolder folder = new();
        ReportFolder.Write(folder.Path, results);
        Results read = ResultsFile.Read(folder.File(ResultsFile.Name));
        ResultsFile.ToJson(read).Should().Be(ResultsFile.ToJson(results));
    }

    [Test]
    public void A_report_written_again_from_its_results_is_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        ReportFolder.Write(folder.File("first"), SampleResults.Three);
        ReportFolder.Write(folder.File("second"), ResultsFile.Read(folder.File("first/results.json")));
        foreach (string name in new[] { ResultsFile.Name, ReportFolder.PageName, MarkdownReport.Name })
            File.ReadAllBytes(folder.File($"second/{name}")).Should().Equal(File.ReadAllBytes(folder.File($"first/{name}")), name);
    }

    [Test]
    public void Verdicts_that_differ_from_the_first_checkpoints_are_changes() =>
        SampleResults.Three.Changes.Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { Claim = "table-14-top-3", Checkpoint = SampleResults.HostileName });
}
