using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using Repro.Papers.LinguisticRegions.Quantities;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Controls that the paper lacks: what of a region's damage is its weights' size, their rows and columns, their block, and their language.</summary>
internal sealed class RegionControls : TableFamily
{
    private const double CoreRatio = 0.03;
    private const double MonolingualRatio = 0.01;
    private const double AsLarge = 0.05;

    private static readonly IMeasurements NotPrinted = PublishedNumbers.Of((_, _) => null);
    private static readonly RegionRemoval Top = new(RegionKind.Top, CoreRatio);
    private static readonly DisplacedRemoval NextBlock = new(Top.Region);

    /// <inheritdoc/>
    public override int Place => 3;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published) => [Matched(profile), Permuted(profile), Labels(profile)];

    private static PaperTable Matched(Profile profile)
    {
        const string Id = "control-matched";
        const string Title = "Core region against random ones of its magnitudes, rows and columns, and in the next block";
        MeasurementPlan plan = new([Condition.Base, Top, NextBlock, .. Enum.GetValues<RegionMatch>().SelectMany(match => Alike(match).Draws(profile))], PaperLanguages.Eleven) { Quantities = MatchedMagnitudes.All };
        return new PaperTable(
            Id,
            "Control",
            Title,
            plan,
            [
                MoreThan(
                    $"{Id}-magnitude",
                    "Size alone does not explain the damage: removing the top 3 percent hurts every language more than five times as much as removing random other weights of the same magnitudes",
                    Alike(RegionMatch.Magnitude),
                    "Eq. 4 has |θ| as a factor, so that Top weights are large: removing other large ones may do as much."),
                AsLargeAsTop(Id),
                MoreThan(
                    $"{Id}-rows",
                    "Single rows do not explain the damage: removing the top 3 percent hurts every language more than five times as much as removing as many random weights of each row of each matrix",
                    Alike(RegionMatch.Rows),
                    "The region is concentrated in few rows (Figure 2), and removing whole dimensions is harmful (Section 3.3): any weights of those rows may do as much."),
                MoreThan(
                    $"{Id}-columns",
                    "Single columns do not explain the damage: removing the top 3 percent hurts every language more than five times as much as removing as many random weights of each column of each matrix",
                    Alike(RegionMatch.Columns),
                    "The region is concentrated in few columns (Figure 2), and removing whole dimensions is harmful (Section 3.3): any weights of those columns may do as much."),
                MoreThan(
                    $"{Id}-next-block",
                    "The core region belongs to its blocks: removing the top 3 percent hurts every language more than five times as much as removing the same places of each next block",
                    NextBlock,
                    "Dimensions of the residual stream are shared by all blocks, so that the same places elsewhere may do as much."),
            ],
            profile)
        {
            Figure = PaperFigures.ByText(Id, Title, "A mark is a language's perplexity on a log axis with its 95 % interval. Look how near a control comes to Top: so much of the damage it explains.", plan, profile, NotPrinted),
            Repetition = Repetition.Never,
            IsThorough = true,
        };
    }

    private static PaperTable Permuted(Profile profile) => new(
        "control-permuted",
        "Control",
        "Core region of the same weights in random places",
        new MeasurementPlan([], []) { Quantities = PermutedWeights.All },
        [
            new Claim
            {
                Id = "control-permuted-no-core",
                Sentence = "With the weights of each tensor shuffled, removing the top 3 percent located anew raises no language by more than 0.03 nats",
                Rows = [.. PaperLanguages.Eleven.Select(l => new ClaimRow(l.Name, Quantity(PermutedWeights.Key(l))))],
                Bound = Bound.Below(NoChange),
                Rationale = "Training's values without their places know nothing that could be lost: an explosion here would come from the shape of the network and the size of its weights. 0.03 nats count as no change.",
                Kind = ClaimKind.NoEffect,
            },
        ],
        profile)
    {
        Repetition = Repetition.Never,
        IsThorough = true,
    };

    private static PaperTable Labels(Profile profile)
    {
        (Language Language, RegionRemoval Own, RegionRemoval Shuffled)[] labels =
            [.. PaperLanguages.Region.Zip(PaperLanguages.Texts.Shuffled, (language, shuffled) => (language, Own(language.Code), Own(shuffled.Code)))];
        const string Id = "control-labels";
        const string Title = "Monolingual regions from true and from shuffled labels";
        RegionRemoval[] removals = [.. labels.Select(l => l.Own), .. labels.Select(l => l.Shuffled)];
        return new PaperTable(Id, "Control", Title, new MeasurementPlan([Condition.Base, .. removals], PaperLanguages.Region), [ShuffledLabels(labels), TrueLabels(labels)], profile)
        {
            Figure = new FigurePlan(
                Id,
                [Id],
                Title,
                "A row is a region that is removed, a column the language that is read; the stronger the colour, the larger the factor of perplexity. Look for a diagonal in the upper half and none in the lower.",
                FigureKind.HeatMap,
                "language",
                [.. removals.Select(r => new PlannedSeries("", r.Label, [.. PaperLanguages.Region.Select(l => PaperFigures.Point(l.Name, null, r, l))], NotPrinted))]),
            Repetition = Repetition.Never,
            IsThorough = true,
        };
    }

    private static Claim MoreThan(string id, string sentence, Condition control, string why) => new()
    {
        Id = id,
        Sentence = sentence,
        Rows = [.. PaperLanguages.Eleven.Select(l => new ClaimRow(l.Name, Increase(Top, l) - (TimesRandom * Increase(control, l))))],
        Bound = Bound.Above(0),
        Rationale = $"{why} 5 times is the factor that Top is held to against random weights. The paper has no such control.",
    };

    private static Claim AsLargeAsTop(string table) => new()
    {
        Id = $"{table}-as-large",
        Sentence = "The random weights of the region's magnitudes are as large as its own within 5 percent, in the mean and in the root mean square",
        Rows = [new ClaimRow("mean", Quantity(MatchedMagnitudes.Mean)), new ClaimRow("root mean square", Quantity(MatchedMagnitudes.RootMeanSquare))],
        Bound = Bound.Within(AsLarge),
        Rationale = "Where the region has most of the largest weights, no others of their size are left to draw; a control whose weights are smaller by more than 5 % would be none.",
        Kind = ClaimKind.ModelIndependent,
    };

    private static Claim ShuffledLabels((Language Language, RegionRemoval Own, RegionRemoval Shuffled)[] labels) => new()
    {
        Id = "control-labels-shuffled",
        Sentence = "With shuffled labels a region hurts the language whose label it bears as much as the other five do, on average within 0.03 nats",
        Rows = [new ClaimRow("six labels", MeanOfGroups("label", [.. labels.Select((l, i) => (l.Language.Name, Extra([.. labels.Select(r => r.Shuffled)], i, l.Language)))]))],
        Bound = Bound.Within(NoChange),
        Rationale = "Eq. 5 on six random mixtures of the same lines: what it finds belongs to no language, and what its difference of regions does by itself would show here. 0.03 nats count as no change; the six labels are units beside documents.",
        Kind = ClaimKind.NoEffect,
    };

    private static Claim TrueLabels((Language Language, RegionRemoval Own, RegionRemoval Shuffled)[] labels) => new()
    {
        Id = "control-labels-true",
        Sentence = "What its own region does to a language beyond the other five exceeds what any region of shuffled labels does beyond the other five to the language whose label it bears",
        Rows =
        [
            .. labels.Select((l, i) => new ClaimRow(
                l.Language.Name,
                Extra([.. labels.Select(r => r.Own)], i, l.Language) - Max(labels.Select((s, j) => Extra([.. labels.Select(r => r.Shuffled)], j, s.Language))))),
        ],
        Bound = Bound.Above(NoChange),
        Rationale = "The six random mixtures show how far apart regions of this size lie by chance; a language's own region (Section 3.4) must stand out from the farthest by more than what counts as no change.",
    };

    // What a language's region adds to it, less the mean of what the other five add: a language that any removal hurts does not stand out by that.
    private static Statistic Extra(RegionRemoval[] regions, int own, Language language) =>
        Increase(regions[own], language) - Mean(regions.Where((_, i) => i != own).Select(other => Increase(other, language)));

    private static MatchedRandomRemoval Alike(RegionMatch match) => new(Top.Region, match);

    private static RegionRemoval Own(string code) => new(RegionKind.Top, MonolingualRatio, own: code);
}
