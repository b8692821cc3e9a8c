using System.Globalization;
using Repro.Engine.Training;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using Repro.Papers.LinguisticRegions.Quantities;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Section 3.2, Empirical Evidence 2, and Appendix C: Tables 2 and 6, a region removed, then frozen or trained on Chinese.</summary>
internal sealed class RemoveFreeze : TableFamily
{
    private const double Regrown = 0.1;
    private const double Behindhand = 0.05;
    private const double AlikeInChinese = 0.02;

    /// <summary>Sample counts at which the runs are measured.</summary>
    internal static readonly int[] SampleCounts = [0, 2_000, 5_000, 10_000, 20_000, 50_000, 200_000];

    private static readonly Language Chinese = PaperLanguages.Get("zh");
    private static readonly Language English = PaperLanguages.Get("en");

    /// <summary>Chinese of two origins, and English.</summary>
    internal static readonly Language[] Texts = [Chinese, PaperLanguages.FurtherChinese, English];

    /// <inheritdoc/>
    public override int Place => 7;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published) =>
    [
        Table(2, 0.01, alikeInEnglish: 0.1, profile, published, Repetition.Always),

        // Table 2 at another ratio: training it once is enough.
        Table(6, 0.05, alikeInEnglish: 0.5, profile, published, Repetition.WithoutMeasuring),
    ];

    /// <summary>The run with Top removed and held at zero.</summary>
    internal static TrainingPlan TopFrozen(Profile profile, double ratio) => Run(profile, ratio, RegionKind.Top, RegionTreatment.RemovedAndFrozen);

    /// <summary>The run with Bottom removed and held at zero.</summary>
    internal static TrainingPlan BottomFrozen(Profile profile, double ratio) => Run(profile, ratio, RegionKind.Bottom, RegionTreatment.RemovedAndFrozen);

    /// <summary>The run with Top removed and trained.</summary>
    internal static TrainingPlan TopTrained(Profile profile, double ratio, MasterReading masters) =>
        Run(profile, ratio, RegionKind.Top, RegionTreatment.RemovedAndTrained) with { Masters = masters };

    /// <summary>A run after a number of the paper's samples.</summary>
    internal static FurtherTrained After(Profile profile, TrainingPlan run, int samples) => new(run, profile.Training.Documents(samples));

    private static TrainingPlan Run(Profile profile, double ratio, RegionKind kind, RegionTreatment treatment) =>
        new(Chinese.Code, profile.Training.LearningRate, treatment, new RegionSpec(kind, ratio));

    private static PaperTable Table(int number, double ratio, double alikeInEnglish, Profile profile, PublishedNumbers published, Repetition repetition)
    {
        string id = Id(number);
        string title = string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:0} % removed, frozen or trained on Chinese, 4 runs");
        TrainingPlan[] runs =
        [
            TopFrozen(profile, ratio), BottomFrozen(profile, ratio), TopTrained(profile, ratio, MasterReading.TrueZero), TopTrained(profile, ratio, MasterReading.MastersRestored),
        ];
        MeasurementPlan plan = new([Condition.Base, .. runs.SelectMany(run => SampleCounts.Select(samples => After(profile, run, samples)))], Texts)
        {
            Quantities = [RegrowthQuantities.Of(ratio)],
        };
        IMeasurements numbers = PublishedNumbers.Of((condition, text) => published.IsModel(PublishedNumbers.Larger) ? null : Printed(published.Table(number), profile, condition, text));
        Claim[] claims =
        [
            InPlace(id, profile, ratio, alikeInEnglish, MasterReading.TrueZero),
            InPlace(id, profile, ratio, alikeInEnglish, MasterReading.MastersRestored),
            Slower(id, profile, ratio),
            EnglishBehind(id, profile, ratio),
            OutOfReach(id, ratio),
        ];
        return new PaperTable(id, $"Table {number}", title, plan, claims, profile)
        {
            Published = numbers,
            Figure = TrainingCurves.Of(
                id,
                title,
                "Perplexity on a log axis as training goes on. Look at which of the removed regions come back: zeros that stay zero, or masters that bring the old weights back.",
                plan,
                profile,
                numbers),
            Repetition = repetition,
        };
    }

    private static Claim InPlace(string table, Profile profile, double ratio, double alikeInEnglish, MasterReading masters)
    {
        (string name, string reading) = masters == MasterReading.TrueZero ? ("true-zero", "true zero") : ("masters-restored", "masters restored");
        TrainingPlan trained = TopTrained(profile, ratio, masters);
        TrainingPlan bottom = BottomFrozen(profile, ratio);
        return new Claim
        {
            Id = $"{table}-in-place-{name}",
            Sentence = $"A removed region that is trained rebuilds its competence in place ({reading})",
            Rows =
            [
                .. from text in Texts
                   from samples in SampleCounts.Skip(1)
                   let alike = text == English ? alikeInEnglish : AlikeInChinese
                   select new ClaimRow(
                       $"{text.Name}, {Thousands(samples)}", (LogPerplexity(After(profile, trained, samples), text) - LogPerplexity(After(profile, bottom, samples), text)) / alike),
            ],
            Bound = Bound.Within(1),
            Rationale = "From 2K samples on the paper's two columns differ by at most 0.006 nats in Chinese, and in English by 0.09 in Table 2 and 0.46 in Table 6; 'alike' is 0.02, 0.1 and 0.5.",
        };
    }

    private static Claim Slower(string table, Profile profile, double ratio) => new()
    {
        Id = $"{table}-chinese-slower",
        Sentence = "With the top region removed and frozen, Chinese stays behind the bottom region's by more than 0.05 nats",
        Rows =
        [
            .. from text in Texts.Where(t => t != English)
               from samples in SampleCounts.Skip(1)
               select new ClaimRow($"{text.Name}, {Thousands(samples)}", Behind(profile, ratio, samples, text)),
        ],
        Bound = Bound.Above(Behindhand),
        Rationale = "In the paper Top & Freeze stays behind at every count; its least gap is 0.113 nats (Table 2, 200K samples), and half of that still is a gap.",
    };

    private static Claim EnglishBehind(string table, Profile profile, double ratio) => new()
    {
        Id = $"{table}-english-behind",
        Sentence = "With the top region removed and frozen, English stays further behind than Chinese",
        Rows = [.. SampleCounts.TakeLast(3).Select(samples => new ClaimRow($"{Thousands(samples)} samples", Behind(profile, ratio, samples, English) - Behind(profile, ratio, samples, Chinese)))],
        Bound = Bound.Above(Behindhand),
        Rationale = "'The English perplexity remains high': in the paper the English gap is 2.3 nats larger than the Chinese after 200K samples (Table 2).",
    };

    private static Claim OutOfReach(string table, double ratio) => new()
    {
        Id = $"{table}-out-of-reach",
        Sentence = "After 2K samples no zeroed weight can have grown back",
        Rows = [new ClaimRow("2K samples", Quantity(RegrowthQuantities.Key(ratio)))],
        Bound = Bound.Below(Regrown),
        Rationale = "A weight that has come a tenth of its way has not come back; the paper's recovery at 2K samples then has another cause.",
        Kind = ClaimKind.NoEffect,
    };

    private static Statistic Behind(Profile profile, double ratio, int samples, Language text) =>
        LogPerplexity(After(profile, TopFrozen(profile, ratio), samples), text) - LogPerplexity(After(profile, BottomFrozen(profile, ratio), samples), text);

    private static decimal? Printed(PublishedTable table, Profile profile, Condition condition, TestText text)
    {
        string? row = text == Chinese ? "Chinese (Wechat)" : text == English ? "English (Falcon)" : null;
        if (row is null || condition is not FurtherTrained { Plan: { Region: { } region } run } trained)
            return null;
        string treatment = run.Treatment == RegionTreatment.RemovedAndFrozen ? "Freeze" : "Unfreeze";
        return table.Find([row, Thousands(trained.DocumentsSeen * profile.Training.SamplesPerDocument)], c => c.Region == region.Kind.ToString() && c.Treatment == treatment);
    }

    private static string Thousands(int samples) => string.Create(CultureInfo.InvariantCulture, $"{samples / 1000}K");
}
