using System.Globalization;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>How much is lost as more of the core region is removed, and whether the region is of "approximately 1 %" (abstract, Section 3.2). The paper has three of the doses.</summary>
internal sealed class DoseCurve : TableFamily
{
    private const string TableId = "dose-curve";
    private const double CoreShare = 0.01;
    private const double LargestShare = 0.05;
    private const double PerTenfold = NoChange;

    private static readonly double[] Ratios = [0.0003, 0.001, 0.003, CoreShare, 0.03, LargestShare];

    private static readonly (double Less, double More)[] Steps = [.. Ratios.Zip(Ratios.Skip(1))];

    /// <inheritdoc/>
    public override int Place => 1;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published)
    {
        const string Title = "Core region, 0.03 to 5 % removed, 30 languages";
        MeasurementPlan plan = new([Condition.Base, .. Ratios.SelectMany(ratio => Random(ratio).Draws(profile).Prepend(Top(ratio)))], PaperLanguages.All);
        IMeasurements numbers = PublishedNumbers.Of((condition, text) => CoreRegion.Printed(published, SamplePart.Large, condition, text));
        yield return new PaperTable(TableId, "Section 3.2", Title, plan, [MoreHurtsMore(), Knee(), Half()], profile)
        {
            Published = numbers,
            Figure = Picture(Title, numbers),
            Repetition = Repetition.Never,
            IsThorough = true,
        };
    }

    private static RegionRemoval Top(double ratio) => new(RegionKind.Top, ratio);

    private static RegionRemoval Random(double ratio) => new(RegionKind.Random, ratio);

    private static Statistic MeanIncrease(RegionRemoval removal) => MeanOfGroups("family", [.. PaperLanguages.All.Select(l => (l.Family, Increase(removal, l)))]);

    private static Statistic Excess(double ratio) => MeanIncrease(Top(ratio)) - MeanIncrease(Random(ratio));

    // Nats per tenfold of the ratio: doses are not evenly spaced.
    private static Statistic Slope((double Less, double More) step) => (Excess(step.More) - Excess(step.Less)) / Math.Log10(step.More / step.Less);

    private static bool IsBesideCore((double Less, double More) step) => step.Less == CoreShare || step.More == CoreShare;

    private static Claim MoreHurtsMore() => new()
    {
        Id = $"{TableId}-more-hurts-more",
        Sentence = "On average over languages every larger share of the top weights hurts more than the one before by more than 0.03 nats",
        Rows = [.. Steps.Select(step => new ClaimRow($"{Percent(step.Less)} to {Percent(step.More)}", MeanIncrease(Top(step.More)) - MeanIncrease(Top(step.Less))))],
        Bound = Bound.Above(NoChange),
        Rationale = "Were the top weights what competence rests on (Section 3.2), removing more of them could not hurt less: each step adds more than what counts as no change. Families of languages are units beside documents.",
        WhyPaperFails = "removing the top 1 % multiplies perplexity by more than removing the top 3 % does in all 30 languages of its Tables 14 and 16",
    };

    private static Claim Knee() => new()
    {
        Id = $"{TableId}-knee",
        Sentence = "What Top adds beyond Random rises fastest, per tenfold of the share removed, between 0.3 and 3 percent",
        Rows = [new ClaimRow("beside 1 % less elsewhere", Max(Steps.Where(IsBesideCore).Select(Slope)) - Max(Steps.Where(s => !IsBesideCore(s)).Select(Slope)))],
        Bound = Bound.Above(PerTenfold),
        Rationale = "'Approximately 1 %' (abstract, Section 3.2). A core of that size is cut through at doses about its size: far below, little of it is gone, and beyond it there is nothing left to hit, so that on a log axis the curve is steepest next to 1 %. Were every weight alike, it would be steepest at the largest dose. Approximately is taken as within a factor of 3; the two slopes must differ by more than what counts as no change.",
    };

    private static Claim Half() => new()
    {
        Id = $"{TableId}-one-percent",
        Sentence = "The top 1 percent adds more than half of what the top 5 percent adds, both beyond random weights",
        Rows = [new ClaimRow("1 % less half of 5 %", Excess(CoreShare) - (0.5 * Excess(LargestShare)))],
        Bound = Bound.Above(0),
        Rationale = "A core of approximately 1 % (Section 3.2) is gone with the top 1 %: a fifth of the weights must do most of the harm. In Table 16 the top 1 % hurts every language more than the top 5 %.",
    };

    private static FigurePlan Picture(string title, IMeasurements published) => new(
        TableId,
        [TableId],
        title,
        "Perplexity on a log axis as more is removed, in the six languages that locate the region. Look for where Top turns from Random, and for where it flattens.",
        FigureKind.Curves,
        "percent of each matrix removed",
        [
            .. from language in PaperLanguages.Region
               from curve in new Func<double, RegionRemoval>[] { Top, Random }
               select new PlannedSeries(
                   language.Name,
                   curve(CoreShare).Region.Kind.ToString(),
                   [.. Ratios.Select(ratio => PaperFigures.Point(Percent(ratio), ratio * 100, curve(ratio), language)).Prepend(PaperFigures.Point("0 %", 0, Condition.Base, language))],
                   published),
        ]);

    private static string Percent(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:0.##} %");
}
