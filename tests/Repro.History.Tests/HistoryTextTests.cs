using System.Text.Json;
using Repro.Harness.Claims;
using Repro.Harness.Reporting;

namespace Repro.History.Tests;

public sealed class HistoryTextTests
{
    [Test]
    public void Runs_fit_80_columns_however_long_their_names_are()
    {
        using HistoryFolder folder = new();
        VerificationReport report = HandMadeRun.Report(VerdictKind.Inconclusive, ("base", 3.5)) with
        {
            Provenance = HandMadeRun.Provenance with { Profile = new string('p', 90), DeviceClass = "cuda BFloat16 and more" },
        };
        RunHistory history = new(folder.Path);
        history.Add(
            report with { Provenance = HandMadeRun.Provenance with { Profile = new string('p', 90), DeviceClass = "cuda BFloat16 and more" } }, HandMadeRun.Noon, new string('n', 90));
        string text = HistoryText.Of(history.Runs(10));
        text.Split('\n').Should().OnlyContain(l => l.Length <= 80);
        text.Should().Contain("  1 2026-03-01 12:00 ppppppppp… nnnnnnnnn… cuda BFloat1… 0123456 0/0/1/0 ✗\n");
        HistoryText.Of("table-14-top-3", history.Claim("table-14-top-3", 10)).Split('\n').Should().OnlyContain(l => l.Length <= 80)
            .And.Contain("1  2026-03-01 12:00  ✗  Inconclusive  0.25 [0.125, 0.5] Arabic");
        HistoryText.Of(history.Drift()).Split('\n').Should().OnlyContain(l => l.Length <= 80);
    }

    [Test]
    public void A_claim_has_a_heading_for_each_thing_that_was_measured()
    {
        using HistoryFolder folder = new();
        VerificationReport report = HandMadeRun.Report(("base", 3.5));
        RunHistory history = HandMadeRun.Record(
            folder.Path, report, report with { Provenance = HandMadeRun.Provenance with { DeviceClass = "cuda BF16" } }, report);
        string[] lines = HistoryText.Of("table-14-top-3", history.Claim("table-14-top-3", 10)).Split('\n');
        lines.Where(l => l.Contains("checkpoint", StringComparison.Ordinal))
            .Should().Equal("tiny, checkpoint model-0, cpu F32", "tiny, checkpoint model-0, cuda BF16");
        lines.Count(l => l.Contains("Holds", StringComparison.Ordinal)).Should().Be(3);
    }

    [Test]
    public void Json_is_an_array_of_runs_an_array_of_verdicts_and_one_report()
    {
        using HistoryFolder folder = new();
        RunHistory history = HandMadeRun.Record(folder.Path, HandMadeRun.Report(("base", 3.5)));
        JsonDocument.Parse(HistoryJson.Of(history.Runs(10))).RootElement[0].GetProperty("verdicts").GetProperty("Holds").GetInt32()
            .Should().Be(1);
        JsonElement verdict = JsonDocument.Parse(HistoryJson.Of(history.Claim("table-14-top-3", 10))).RootElement[0];
        verdict.GetProperty("verdict").GetString().Should().Be("Holds");
        verdict.GetProperty("nearest").GetProperty("value").GetDouble().Should().Be(0.25);
        JsonDocument.Parse(HistoryJson.Of(history.Drift())).RootElement.GetProperty("hasDrifted").GetBoolean().Should().BeFalse();
    }
}
