using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Reporting;
using Repro.Harness.Store;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Verification;

namespace Repro.Harness.Tests.TinyPaper;

/// <summary>Another paper through the whole harness: from a checkpoint and a folder of text to verdicts and goldens, and on to the next run.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RedundancyPaperTests : IDisposable
{
    private static readonly Paper Paper = new RedundancyPaper();
    private static readonly Profile Profile = RedundancyPaper.Own;

    private readonly WrittenCorpus corpus = new WrittenCorpus().Add("aa", 0, 60, skip: 0);
    private readonly TemporaryFolder files = new();
    private readonly string? ci = Environment.GetEnvironmentVariable("CI");
    private readonly GoldenFolder goldens;

    public RedundancyPaperTests()
    {
        Environment.SetEnvironmentVariable("CI", null);
        goldens = new GoldenFolder(files.File("goldens"), GoldenFolder.Names(Paper, Profile));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("CI", ci);
        corpus.Dispose();
        files.Dispose();
    }

    [Test]
    public void A_run_decides_the_claim_on_what_it_measured()
    {
        List<Verdict> decided = [];
        double operations = 0;
        RunObserver observer = new(Decided: decided.Add, Planned: (_, planned) => operations = planned);
        VerificationResult result = VerificationRun.Execute(Paper, Configuration(new ResultStore(null)), Paper.Claims(Profile), observer: observer);

        Verdict verdict = result.Verdicts.Should().ContainSingle().Subject;
        decided.Should().Equal(verdict);
        verdict.Kind.Should().Be(VerdictKind.Holds, verdict.Reason);
        VerdictRow row = verdict.Rows.Should().ContainSingle().Subject;
        row.Paper.Should().BeNull("the paper prints no numbers");
        row.Low.Should().BeGreaterThan(0.02).And.BeLessThan(row.Value);
        row.High.Should().BeGreaterThan(row.Value);
        verdict.Gates.Should().HaveCount(5).And.OnlyContain(g => g.Passed);
        verdict.Claim.Statistic.Should().Be("increase(Random weights, Sentences)");

        TableResult table = result.Tables.Should().ContainSingle().Subject;
        table.Texts["Sentences"].NatsPerToken.Keys.Should().Equal("base", "random weights", "random 0.01% draw 0", "random 0.01% draw 1");
        row.Value.Should().BeApproximately(table.Texts["Sentences"].NatsPerToken["random weights"] - table.Texts["Sentences"].NatsPerToken["base"], 2e-6);
        table.Regions.Keys.Should().Equal("random 0.01% draw 0");
        operations.Should().BePositive("it is measured, though no importance is taken");
        (result.Untrained, result.Robustness).Should().Be((null, null));
        result.Documents.Should().HaveCount(4).And.AllSatisfy(d => d.Documents.Should().HaveCount(d.Places is null ? 40 : 8));
        result.Documents.Count(d => d.Places is not null).Should().Be(2, "random draws share the documents");
        FigurePoint point = result.Figures.Should().ContainSingle().Which.Panels.Should().ContainSingle().Which.Series.Should().ContainSingle().Which.Points[1];
        point.Increase!.Value.Should().BeApproximately(row.Value, 2e-6);
        point.Nats.Paper.Should().BeNull();
    }

    [Test]
    public void Goldens_begin_with_the_first_run_and_hold_for_the_second_which_recalls_everything()
    {
        string kept = files.File("results");
        ResultStore first = new(kept);
        VerificationResult once = Run(Paper, first, VerificationDepth.WithControl);
        IReadOnlyList<ComparedGolden> compared = Compare(once);
        compared.Select(c => c.Name).Should().Equal(GoldenName.OfTable(RedundancyPaper.Table), GoldenName.OfClaim(RedundancyPaper.Claimed), GoldenName.Untrained);
        compared.Should().AllSatisfy(c => c.Differences.Should().Equal("there is no golden yet"));
        Report(once).AsExpected.Should().BeFalse("nothing is expected yet");
        first.Recalled.Should().Be(0);

        goldens.WriteReceived(compared);
        goldens.Accept([]).Should().BeEquivalentTo(compared.Select(c => c.Name));
        goldens.Status().Where(s => s.Verified).Select(s => s.Name).Should().BeEquivalentTo(compared.Select(c => c.Name));
        Dictionary<string, DateTime> written = Written(kept);

        ResultStore second = new(kept);
        VerificationResult again = Run(Paper, second, VerificationDepth.WithControl);
        Compare(again).Should().AllSatisfy(c => c.Differences.Should().BeEmpty());
        Compare(again).Select(c => c.Received).Should().Equal(compared.Select(c => c.Received), "a run on the same machine says the same to the last bit");
        second.Recalled.Should().Be(written.Count).And.BeGreaterThanOrEqualTo(4 + 4, "every condition of the run and of its control");
        Written(kept).Should().Equal(written, "nothing is measured again and nothing is written");
        Report(again).Should().Match<VerificationReport>(r => r.AsExpected && r.Verdicts[0].Expected == VerdictKind.Holds);
    }

    [Test]
    public void A_regression_beyond_its_tolerance_is_named_in_the_table_and_in_the_claim()
    {
        IReadOnlyList<ComparedGolden> before = Compare(Run(Paper, new ResultStore(null)));
        goldens.WriteReceived(before);
        goldens.Accept([]);

        // A slip in the condition's code: under the same name it now removes twice as many weights.
        VerificationResult planted = Run(new RedundancyPaper(share: 0.1), new ResultStore(null));
        IReadOnlyList<ComparedGolden> compared = Compare(planted);
        compared[0].Differences.Should().ContainSingle().Which.Should().StartWith("Sentences: nats per token, random weights: ").And.Contain("times its tolerance of 0.01");
        compared[1].Differences.Should().HaveCount(3).And.OnlyContain(d => d.StartsWith("Sentences: ", StringComparison.Ordinal)).And.Contain(d => d.StartsWith("Sentences: estimate: ", StringComparison.Ordinal));
        VerificationReport report = Report(planted);
        report.AsExpected.Should().BeFalse();
        report.Verdicts[0].Verdict.Should().Be(VerdictKind.Holds, "the claim still holds, so that only the golden sees it");
        report.GoldenDifferences!.Keys.Should().Equal(Path.Combine("tables", RedundancyPaper.Table), Path.Combine("claims", RedundancyPaper.Claimed));

        goldens.WriteReceived(compared);
        goldens.Status().Count(s => s.Received).Should().Be(2);
        goldens.WriteReceived(Compare(Run(Paper, new ResultStore(null))));
        goldens.Status().Should().NotContain(s => s.Received, "what differed is gone with the slip");
    }

    [Test]
    public void An_untrained_model_confirms_no_effect()
    {
        UntrainedGolden control = Run(Paper, new ResultStore(null), VerificationDepth.WithControl).Untrained!;
        control.Claims.Should().ContainSingle().Which.Should().Match<KeyValuePair<string, VerdictKind>>(c => c.Key == RedundancyPaper.Claimed && c.Value != VerdictKind.Holds && c.Value != VerdictKind.NotApplicable);
        control.Confirmed.Should().BeEmpty();
        control.Provenance.Untrained.Should().BeTrue();
    }

    [Test]
    public void Every_reading_decides_the_claim_again()
    {
        VerificationResult result = Run(Paper, new ResultStore(null), VerificationDepth.Thorough);
        result.Robustness!.Claims[RedundancyPaper.Claimed].Should().Equal(
            new Dictionary<string, VerdictKind> { ["own"] = VerdictKind.Holds, ["batch-mean"] = VerdictKind.Holds, ["matrices-only"] = VerdictKind.Holds });
        result.Robustness.Readings["batch-mean"].Should().Be("perplexity is the mean over batches");
        Compare(result).Select(c => c.Name).Should().Contain([GoldenName.Robustness, GoldenName.Untrained]);
    }

    [Test]
    public void Tasks_done_one_by_one_leave_nothing_to_the_run_that_decides()
    {
        string kept = files.File("results");
        StagedWork staged = StagedWork.Of(Paper, Configuration(new ResultStore(kept)), Paper.Claims(Profile), VerificationDepth.WithControl, tasksPerStage: 3);
        (string stage, IReadOnlyList<string> tasks) = staged.Stages.Should().ContainSingle("there is no importance to sum").Subject;
        tasks.Should().HaveCountLessThanOrEqualTo(3).And.Contain(t => t.StartsWith("own: ", StringComparison.Ordinal)).And.Contain(t => t.StartsWith("untrained: ", StringComparison.Ordinal));
        for (int task = 0; task < tasks.Count; task++)
            staged.Execute(stage, task);

        Dictionary<string, DateTime> measured = Written(kept);
        measured.Should().HaveCount(8, "four conditions of the run and of its control");
        ResultStore store = new(kept);
        VerificationResult decided = Run(Paper, store, VerificationDepth.WithControl);
        store.Recalled.Should().Be(8);
        Compare(decided).Select(c => c.Received).Should().Equal(Compare(Run(Paper, new ResultStore(null), VerificationDepth.WithControl)).Select(c => c.Received));
    }

    [Test]
    public void A_corpus_without_the_text_leaves_the_claim_undecided()
    {
        using WrittenCorpus other = new WrittenCorpus().Add("zz", 0, 5, skip: 0);
        VerificationResult result = VerificationRun.Execute(Paper, Configuration(new ResultStore(null)) with { Corpus = other.Path }, Paper.Claims(Profile), VerificationDepth.WithControl);
        result.Verdicts.Should().ContainSingle().Which.Should().Match<Verdict>(v => v.Kind == VerdictKind.NotApplicable && v.Reason == "the corpus lacks enough text of Sentences");
        result.Tables.Should().BeEmpty();
        result.Untrained!.Claims.Values.Should().Equal(VerdictKind.NotApplicable);
    }

    [Test]
    public void What_was_found_is_written_in_plain_text()
    {
        VerificationResult result = Run(Paper, new ResultStore(null), VerificationDepth.WithControl);
        VerificationPages.Write(files.File("pages"), result, [("own.md", "the paper's own page\n")]);
        File.ReadAllText(files.File("pages/verdicts.txt")).Should()
            .StartWith("Table 1: A model misses one weight in twenty  [weights-matter]\n  verdict    Holds: ").And.Contain("Untrained checkpoint: confirms no claim of an effect");
        File.ReadAllText(files.File("pages/measurements.json")).Should().Contain("random weights");
        File.ReadAllText(files.File("pages/own.md")).Should().Be("the paper's own page\n");
        VerdictText.Summary(result.Verdicts).Should().Be("1 claim: 1 Holds (effects 1 of 1 hold)");
    }

    private static Dictionary<string, DateTime> Written(string folder) =>
        Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);

    private RunConfiguration Configuration(ResultStore store) => RunConfiguration.Of(Profile, Project.Folder, corpus: corpus.Path) with { Store = store, IsProfileOwn = true };

    private VerificationResult Run(Paper paper, ResultStore store, VerificationDepth depth = VerificationDepth.ClaimsOnly) =>
        VerificationRun.Execute(paper, Configuration(store), paper.Claims(Profile), depth);

    private IReadOnlyList<ComparedGolden> Compare(VerificationResult result) => new GoldenComparison(goldens, Paper, Profile).Compare(result);

    private VerificationReport Report(VerificationResult result) => VerificationReport.From(result, Compare(result), new GoldenComparison(goldens, Paper, Profile).Expected);
}
