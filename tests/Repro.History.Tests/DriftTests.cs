using Repro.Harness.Claims;
using Repro.Harness.Reporting;

namespace Repro.History.Tests;

public sealed class DriftTests
{
    private const double Rounding = 1e-6;
    private const double Tolerance = 0.02;

    [TestCase(2.0, ExpectedResult = null)]
    [TestCase(2.0199, ExpectedResult = null)]
    [TestCase(2.0202, ExpectedResult = DriftKind.BeyondTolerance)]
    [TestCase(1.9798, ExpectedResult = DriftKind.BeyondTolerance)]
    [TestCase(double.NaN, ExpectedResult = DriftKind.BeyondTolerance)]
    [TestCase(double.PositiveInfinity, ExpectedResult = DriftKind.BeyondTolerance)]
    public DriftKind? With_few_earlier_runs_the_tolerance_alone_counts(double value) =>
        new DriftRule(1).Judge(value, [2, 2, 2, 2], Rounding, Tolerance)?.Kind;

    [TestCase(2.0000005, ExpectedResult = null, Description = "half a unit of the last digit")]
    [TestCase(2.00002, ExpectedResult = DriftKind.BeyondNoise, Description = "the past was the same to the bit")]
    [TestCase(1.99998, ExpectedResult = DriftKind.BeyondNoise)]
    public DriftKind? A_past_without_noise_leaves_only_rounding(double value) =>
        new DriftRule(1).Judge(value, [2, 2, 2, 2, 2], Rounding, Tolerance)?.Kind;

    [TestCase(2.006, ExpectedResult = null)]
    [TestCase(2.019, ExpectedResult = DriftKind.BeyondNoise)]
    public DriftKind? A_noisy_past_lets_a_number_move_as_it_did(double value) =>
        new DriftRule(1).Judge(value, [2.001, 1.998, 2.003, 1.996, 2.002, 2.000, 1.997, 2.004], Rounding, Tolerance)?.Kind;

    [Test]
    public void A_drift_of_the_past_is_not_taken_for_noise()
    {
        double[] past = [2, 2, 9, 2, 2, 2];
        new DriftRule(1).Judge(2.001, past, Rounding, Tolerance)!.Value.Kind.Should().Be(DriftKind.BeyondNoise);
        new DriftRule(1).Judge(9, past, Rounding, Tolerance)!.Value.Kind.Should().Be(DriftKind.BeyondTolerance);
    }

    [TestCase(5)]
    [TestCase(12)]
    [TestCase(30)]
    public void Noise_alone_is_hardly_ever_called_a_drift_and_a_shift_of_many_deviations_is(int past)
    {
        const int Numbers = 4000;
        Engine.Seeds.SplitMix random = new(7);
        DriftRule rule = new(Numbers);
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.Fraction())) * Math.Cos(2 * Math.PI * random.Fraction()) * 1e-4;
        (int alarms, int found) = (0, 0);
        for (int i = 0; i < Numbers; i++)
        {
            double[] earlier = [.. Enumerable.Range(0, past).Select(_ => 3 + Noise())];
            alarms += rule.Judge(3 + Noise(), earlier, Rounding, Tolerance) is null ? 0 : 1;
            found += rule.Judge(3.008, earlier, Rounding, Tolerance) is null ? 0 : 1;
        }

        alarms.Should().BeLessThanOrEqualTo(1, "one run in twenty may have a single one");
        found.Should().BeGreaterThan(Numbers * 99 / 100);
    }

    // The usual tables of the two-sided quantile.
    [TestCase(0.05, 1, 12.706)]
    [TestCase(0.05, 2, 4.303)]
    [TestCase(0.05, 4, 2.776)]
    [TestCase(0.01, 9, 3.250)]
    [TestCase(0.01, 10, 3.169)]
    [TestCase(0.001, 29, 3.659)]
    [TestCase(0.002, 5, 5.893)]
    public void Student_s_quantiles_are_those_of_the_tables(double probability, int degrees, double expected) =>
        DriftRule.TwoSided(probability, degrees).Should().BeApproximately(expected, 6e-4);

    // By the finite series 26.7.3 and 26.7.4 of Abramowitz and Stegun: the error rate over up to 100,000 numbers, for 5 to 30 runs.
    [TestCase(0.05, 4, 2.7764451051978)]
    [TestCase(0.01, 9, 3.2498355415921)]
    [TestCase(2.5e-5, 4, 22.058248371327)]
    [TestCase(2.5e-5, 12, 6.6103249492767)]
    [TestCase(1e-6, 6, 20.047856110090)]
    [TestCase(5e-7, 29, 6.4248790184305)]
    public void Student_s_quantiles_have_six_digits_where_thousands_of_numbers_share_the_error_rate(double probability, int degrees, double expected) =>
        DriftRule.TwoSided(probability, degrees).Should().BeApproximately(expected, 5e-7 * expected);

    [TestCase(new double[] { 3 }, 3)]
    [TestCase(new double[] { 3, 1 }, 2)]
    [TestCase(new double[] { 9, 1, 2 }, 2)]
    [TestCase(new[] { double.PositiveInfinity, double.PositiveInfinity }, double.PositiveInfinity)]
    [TestCase(new[] { double.NaN, 1, 2 }, 1)]
    public void The_median_is_the_middle(double[] values, double expected) => DriftRule.Median(values).Should().Be(expected);

    [Test]
    public void A_number_beyond_its_golden_s_tolerance_and_a_changed_verdict_are_found()
    {
        using HistoryFolder folder = new();
        DriftReport drift = HandMadeRun.Record(
            folder.Path,
            HandMadeRun.Report(("base", 3.5), ("top 3%", 4.5), ("random 3%", 3.6), ("zh at 1e-3: 400 documents", 3)),
            HandMadeRun.Report(
                VerdictKind.Fails, ("base", 3.502), ("top 3%", 4.504), ("random 3%", 3.7), ("zh at 1e-3: 400 documents", 3.009))).Drift();
        drift.Numbers.Select(n => n.Name).Should().Equal("English, random 3%", "English, base");
        drift.Numbers[0].Excess.Should().BeApproximately(10, 1e-6);
        drift.Verdicts.Should().Equal(new DriftedVerdict("table-14-top-3", VerdictKind.Holds, VerdictKind.Fails, 1));
        drift.Compared.Should().Be(5);
        HistoryText.Of(drift).Split('\n').Should().OnlyContain(l => l.Length <= 80)
            .And.ContainMatch("table-14-top-3  Holds  *1  Fails").And.ContainMatch("table-14: English, random 3%  *3.7  *3.6  *1  *10  tolerance").And.Contain("2 of 5 numbers drifted, 1 verdicts changed.");
    }

    [Test]
    public void Runs_of_another_device_checkpoint_corpus_scale_or_reading_are_not_compared()
    {
        using HistoryFolder folder = new();
        VerificationReport report = HandMadeRun.Report(("base", 3.5));
        VerificationReport moved = HandMadeRun.Report(("base", 9));
        HandMadeRun.Record(
            folder.Path,
            report with { Provenance = HandMadeRun.Provenance with { DeviceClass = "cuda BF16" } },
            report with { Provenance = HandMadeRun.Provenance with { Checkpoint = "another" } },
            report with { Provenance = HandMadeRun.Provenance with { Corpus = "another" } },
            report with { Provenance = HandMadeRun.Provenance with { FurtherCorpus = "another" } },
            report with { Provenance = HandMadeRun.Provenance with { SampleSizes = [1, 6] } },
            report with { Provenance = HandMadeRun.Provenance with { Readings = new Dictionary<string, string> { ["importance"] = "Absolute" } } },
            moved).Drift().Should().BeEquivalentTo(new { Earlier = 0, Compared = 0, HasDrifted = false });
    }

    [Test]
    public void Numbers_of_other_texts_or_conditions_are_other_numbers()
    {
        using HistoryFolder folder = new();
        DriftReport drift = HandMadeRun.Record(
            folder.Path, HandMadeRun.Report(("base", 3.5), ("zh: 100 documents", 3)),
            HandMadeRun.Report(("base", 9), ("zh: 400 documents", 3))).Drift();
        drift.Should().BeEquivalentTo(new { Earlier = 1, Compared = 0, HasDrifted = false });
    }

    [Test]
    public void Another_version_of_the_program_or_of_libtorch_is_compared()
    {
        using HistoryFolder folder = new();
        VerificationReport moved = HandMadeRun.Report(("base", 9));
        HandMadeRun.Record(
            folder.Path, HandMadeRun.Report(("base", 3.5)),
            moved with { Provenance = HandMadeRun.Provenance with { TorchSharp = "0.108.0" } })
            .Drift().Numbers.Should().ContainSingle();
    }

    [Test]
    public void Of_a_long_past_only_the_newest_thirty_runs_count()
    {
        using HistoryFolder folder = new();
        IEnumerable<VerificationReport> past = Enumerable.Repeat(HandMadeRun.Report(("base", 9)), 40)
            .Concat(Enumerable.Repeat(HandMadeRun.Report(("base", 3.5)), 31));
        DriftReport drift = HandMadeRun.Record(folder.Path, past).Drift();
        drift.Should().BeEquivalentTo(new { Earlier = 70, Compared = 2, HasDrifted = false });
    }
}
