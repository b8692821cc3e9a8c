using System.Globalization;
using Repro.Engine.Regions;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Section 3.3, Structured Removal, and Appendix D: Tables 3, 7 and 8, whole dimensions removed, and Table 8 against Table 7.</summary>
internal sealed class StructuredRemoval : TableFamily
{
    private const double RandomEffect = 0.25;

    /// <summary>N_d.</summary>
    private static readonly int[] Counts = [1, 3, 5, 10];

    private const int PaperWidth = 4096;

    private static readonly Language Chinese = PaperLanguages.Get("zh");

    /// <summary>The tables report one perplexity, Chinese; English and Arabic stand beside it here.</summary>
    private static readonly Language[] Languages = [Chinese, PaperLanguages.Get("en"), PaperLanguages.Get("ar")];

    /// <inheritdoc/>
    public override int Place => 4;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published) =>
    [
        Table(3, "Dimensions of attention and feed-forward removed", "of attention and feed-forward", DimensionScope.AttentionAndFeedForward, profile, published),
        Table(7, "Dimensions of attention removed", "of attention", DimensionScope.Attention, profile, published),
        Table(8, "Dimensions of attention removed, rows and columns inverted", "of attention along the other axis", DimensionScope.AttentionInverted, profile, published),
        Compared(profile, published),
    ];

    // Both tables' own conditions: nothing is measured for this one.
    private static PaperTable Compared(Profile profile, PublishedNumbers published)
    {
        const string Id = "axes-compared";
        const string Title = "Top dimensions of attention: heads' (Table 7) against features of the representation (Table 8)";
        MeasurementPlan plan = new(
            [
                Condition.Base,
                .. from scope in new[] { DimensionScope.Attention, DimensionScope.AttentionInverted }
                   from removal in TopRemovals(scope, profile)
                   select removal,
            ],
            Languages);
        IMeasurements numbers = PublishedNumbers.Of(
            (condition, text) => text == Chinese ? Printed(published, condition is DimensionRemoval { Scope: DimensionScope.AttentionInverted } ? 8 : 7, condition) : null);
        return new PaperTable(Id, "Tables 7, 8", Title, plan, [FeaturesHurtMore(profile)], profile)
        {
            Published = numbers,
            Figure = PaperFigures.ByCondition(Id, Title, plan, profile, numbers),
            IsThorough = true,
        };
    }

    private static Claim FeaturesHurtMore(Profile profile) => new()
    {
        Id = "axes-compared-features-hurt-more",
        Sentence = "Removing the top features that attention reads and writes (Table 8) hurts more than removing as many top dimensions of its heads (Table 7)",
        Rows =
        [
            .. from removals in TopRemovals(DimensionScope.Attention, profile).Zip(TopRemovals(DimensionScope.AttentionInverted, profile))
               from language in Languages
               select new ClaimRow(RowLabel(removals.First, language), Increase(removals.Second, language) - Increase(removals.First, language)),
        ],
        Bound = Bound.Above(NoChange),
        Rationale = "'The removals under the second setting cause more damage than the first' (Appendix D), by more than what counts as no change; the paper's least difference is 0.48 nats (13B, N_d 1).",
    };

    private static IEnumerable<DimensionRemoval> TopRemovals(DimensionScope scope, Profile profile) =>
        from samples in new[] { SamplePart.Large, SamplePart.Small }
        from size in Removed(profile)
        select Removal(scope, DimensionKind.Top, size, samples);

    private static string RowLabel(DimensionRemoval top, Language language) => $"{language.Name}, N_d {top.Number}{(top.Samples == SamplePart.Small ? ", 10K" : "")}";

    private static PaperTable Table(int number, string title, string where, DimensionScope scope, Profile profile, PublishedNumbers published)
    {
        string id = Id(number);
        MeasurementPlan plan = new(
            [
                Condition.Base,
                .. from size in Removed(profile)
                   from condition in new[]
                   {
                       Removal(scope, DimensionKind.Top, size),
                       Removal(scope, DimensionKind.Top, size, SamplePart.Small),
                       Removal(scope, DimensionKind.Middle, size),
                       Removal(scope, DimensionKind.Bottom, size),
                       Removal(scope, DimensionKind.Random, size),
                   }
                   from draw in condition.Draws(profile)
                   select draw,
            ],
            Languages);
        IMeasurements numbers = PublishedNumbers.Of((condition, text) => text == Chinese ? Printed(published, number, condition) : null);
        return new PaperTable(id, $"Table {number}", title, plan, [Top(id, where, scope, profile), Others(id, where, scope, profile), Random(id, where, scope, profile)], profile)
        {
            Published = numbers,
            Figure = Picture(id, title, plan, profile, numbers),
            Untrained = number == 3 ? UntrainedControl.Thorough : UntrainedControl.Never,
        };
    }

    // Ten of 128 dimensions are 8 % of the width, ten of the paper's 4,096 are 0.24 %: where another model removes as few, it must find what the paper does.
    private static (int Count, int Of)[] Removed(Profile profile) => [.. Counts.Select(count => (count, 0)), .. profile.PublishedModel is null ? WithoutEffect(profile) : []];

    // That nothing happens is claimed of no larger share than the paper removes.
    private static (int Count, int Of)[] WithoutEffect(Profile profile) => profile.PublishedModel is null ? [(Counts[^1], PaperWidth)] : [.. Counts.Select(count => (count, 0))];

    private static DimensionRemoval Removal(DimensionScope scope, DimensionKind kind, (int Count, int Of) size, SamplePart samples = SamplePart.Large) =>
        new(scope, kind, size.Count, samples, Of: size.Of);

    private static Claim Top(string table, string where, DimensionScope scope, Profile profile) => new()
    {
        Id = $"{table}-top",
        Sentence = $"Removing the top dimensions {where} hurts more than five times as much as random ones",
        Rows =
        [
            .. from top in TopRemovals(scope, profile)
               from language in Languages
               let random = Removal(scope, DimensionKind.Random, (top.Count, top.Of))
               select new ClaimRow(RowLabel(top, language), Increase(top, language) - (TimesRandom * Increase(random, language))),
        ],
        Bound = Bound.Above(0),
        Rationale = "In the paper's 7B rows Top adds at least 100 times what Random adds, where Random adds anything; 5 times is the factor that the core region's claims use.",
    };

    private static Claim Others(string table, string where, DimensionScope scope, Profile profile) => new()
    {
        Id = $"{table}-others",
        Sentence = $"Removing middle or bottom dimensions {where} moves Chinese by no more than 0.03 nats",
        Rows =
        [
            .. from kind in new[] { DimensionKind.Middle, DimensionKind.Bottom }
               from size in WithoutEffect(profile)
               let removal = Removal(scope, kind, size)
               select new ClaimRow($"{kind}, N_d {removal.Number}", Increase(removal, Chinese)),
        ],
        Bound = Bound.Within(NoChange),
        Rationale = "The paper's largest change under Middle or Bottom is 0.004 nats (Table 3, 7B); 0.03 is the bound that core Bottom has.",
        Kind = ClaimKind.NoEffect,
    };

    private static Claim Random(string table, string where, DimensionScope scope, Profile profile) => new()
    {
        Id = $"{table}-random",
        Sentence = $"Removing random dimensions {where} raises Chinese by no more than a quarter of a nat",
        Rows = [.. WithoutEffect(profile).Select(size => Removal(scope, DimensionKind.Random, size)).Select(removal => new ClaimRow($"N_d {removal.Number}", Increase(removal, Chinese)))],
        Bound = Bound.Below(RandomEffect),
        Rationale = "The paper's largest change under Random is 0.18 nats (Table 3, 13B, N_d 10); 0.25 is the bound that a random region has.",
        Kind = ClaimKind.NoEffect,
    };

    private static decimal? Printed(PublishedNumbers published, int table, Condition condition) => condition switch
    {
        Unedited => published.ChineseBase(published.IsModel(PublishedNumbers.Larger)),
        DimensionRemoval removal => published.Table(table).Find(
            [published.Model, removal.Samples == SamplePart.Small ? "10K" : "100K", removal.Count.ToString(CultureInfo.InvariantCulture)],
            c => c.Region == removal.Kind.ToString()),
        _ => null,
    };

    private static FigurePlan Picture(string id, string title, MeasurementPlan plan, Profile profile, IMeasurements published) => new(
        id,
        [id],
        title,
        "Perplexity on a log axis as more dimensions of every matrix are set to zero. Look for Top above Random and Bottom.",
        FigureKind.Curves,
        "dimensions removed from each matrix",
        [
            .. from text in plan.Texts
               from curve in PaperFigures.Means(plan, profile).OfType<DimensionRemoval>().Where(c => c.Of == 0).GroupBy(c => (c.Kind, c.Samples))
               let name = curve.Key.Kind == DimensionKind.Random ? "Random" : $"{curve.Key.Kind}{(curve.Key.Samples == SamplePart.Small ? ", a tenth of the samples" : "")}"
               select new PlannedSeries(text.Name, name, [.. curve.Select(c => Point(c, text)).Prepend(PaperFigures.Point("0", 0, Condition.Base, text))], published),
        ]);

    private static PlannedPoint Point(DimensionRemoval removal, TestText text) =>
        PaperFigures.Point(removal.Count.ToString(CultureInfo.InvariantCulture), removal.Count, removal, text);
}
