using Repro.Paper.Claims;
using Repro.Paper.Goldens;
using Repro.Paper.Reporting;
using Repro.Report.History;

namespace Repro.Report.Tests.History;

public sealed class RunHistoryTests
{
    [Test]
    public void A_run_comes_back_as_it_was_recorded()
    {
        using HistoryFolder folder = new();
        RecordedRun run = HandMadeRun.Record(folder.Path, HandMadeRun.Report(("base", 3.5))).Runs(10).Single();
        run.Recorded.Should().Be(HandMadeRun.Noon);
        run.Checkpoint.Should().Be("model-0");
        run.AsExpected.Should().BeTrue();
        run.Verdicts.Should().Equal(new Dictionary<VerdictKind, int> { [VerdictKind.Holds] = 1 });
        GoldenFolder.Parse<Provenance>(run.Provenance.GetRawText()).Should().BeEquivalentTo(HandMadeRun.Provenance);
        GoldenFolder.Parse<RunEnvironment>(run.Environment.GetRawText()).Should().BeEquivalentTo(HandMadeRun.Environment);
        run.Should().Match<RecordedRun>(r => r.Profile == "tiny" && r.DeviceClass == "cpu F32" && r.Commit == "0123456789abcdef");
    }

    [Test]
    public void Runs_are_in_the_order_they_were_recorded_whatever_the_clock_says()
    {
        using HistoryFolder folder = new();
        RunHistory history = new(folder.Path);
        foreach (int days in new[] { 0, -400, 30 })
            history.Add(HandMadeRun.Results(HandMadeRun.Report(("base", 3.5))), HandMadeRun.Noon.AddDays(days));
        history.Runs(10).Select(r => r.Id).Should().Equal(1, 2, 3);
        history.Runs(10).Select(r => r.Recorded).Should().Equal(HandMadeRun.Noon, HandMadeRun.Noon.AddDays(-400), HandMadeRun.Noon.AddDays(30));
        history.Runs(2).Select(r => r.Id).Should().Equal([2, 3], "the newest are kept");
        history.Drift().Run.Id.Should().Be(3);
    }

    [Test]
    public void An_audit_gives_a_run_for_each_checkpoint_that_has_verdicts()
    {
        using HistoryFolder folder = new();
        RunHistory history = new(folder.Path);
        VerificationReport report = HandMadeRun.Report(("base", 3.5));
        Results audit = Results.Of(
            HandMadeRun.Environment,
            [new("first", null, report, [], []), new("broken", "There is no config.json.", null, [], []), new("third", null, report, [], [])],
            []);
        history.Add(audit, HandMadeRun.Noon).Should().Be(2);
        history.Runs(10).Select(r => r.Checkpoint).Should().Equal("first", "third");
    }

    [Test]
    public void Results_without_verdicts_leave_no_file_behind()
    {
        using HistoryFolder folder = new();
        new RunHistory(folder.Path).Add(Results.Of(HandMadeRun.Environment, [new("broken", "why", null, [], [])], []), HandMadeRun.Noon).Should().Be(0);
        File.Exists(folder.Path).Should().BeFalse();
    }

    [Test]
    public void Only_the_runs_of_a_profile_are_shown_when_asked()
    {
        using HistoryFolder folder = new();
        VerificationReport tiny = HandMadeRun.Report(("base", 3.5));
        RunHistory history = HandMadeRun.Record(folder.Path, tiny, tiny with { Provenance = HandMadeRun.Provenance with { Profile = "llama2-7b" } });
        history.Runs(10, "llama2-7b").Select(r => r.Id).Should().Equal(2);
        history.Runs(10, "tiny").Select(r => r.Id).Should().Equal(1);
    }

    [Test]
    public void A_claim_is_shown_over_time_with_the_row_nearest_to_its_bound()
    {
        using HistoryFolder folder = new();
        RunHistory history = HandMadeRun.Record(folder.Path, HandMadeRun.Report(("base", 3.5)), HandMadeRun.Report(VerdictKind.Fails, ("base", 3.5)));
        IReadOnlyList<RecordedVerdict> verdicts = history.Claim("table-14-top-3", 10);
        verdicts.Select(v => (v.Run.Id, v.Verdict, v.Expected)).Should().Equal((1, VerdictKind.Holds, VerdictKind.Holds), (2, VerdictKind.Fails, VerdictKind.Holds));
        verdicts[0].Nearest.Should().Be(new RecordedRow("Arabic", 0.25, 0.125, 0.5, 0.125));
        history.Claim("table-14-top-3", 1).Single().Run.Id.Should().Be(2);
        history.Invoking(h => h.Claim("table-99", 10)).Should().Throw<Engine.Files.InputException>().WithMessage("*table-99*verify --list*");
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(1e300)]
    public void A_model_that_lost_its_numbers_is_recorded_and_is_no_drift_while_it_stays_so(double nats)
    {
        using HistoryFolder folder = new();
        RunHistory history = HandMadeRun.Record(folder.Path, HandMadeRun.Report(("top 3%", nats)), HandMadeRun.Report(("top 3%", nats)));
        history.Drift().HasDrifted.Should().BeFalse();
        history.Add(HandMadeRun.Results(HandMadeRun.Report(("top 3%", 4.5))), HandMadeRun.Noon);
        DriftReport drift = history.Drift();
        drift.Numbers.Single().Kind.Should().Be(DriftKind.BeyondTolerance);
        HistoryText.Of(drift).Should().Contain("English, top 3%");
        HistoryJson.Of(drift).Should().Contain("BeyondTolerance");
    }
}
