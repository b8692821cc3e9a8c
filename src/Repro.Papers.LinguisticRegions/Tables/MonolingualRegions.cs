using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Section 3.4 and Appendix F: Tables 5 and 9 to 13, the region of one language less those of the other five (Eq. 5) removed.</summary>
internal sealed class MonolingualRegions : TableFamily
{
    private const double Ratio = 0.01;

    private static readonly (int Number, string Code)[] Shown = [(5, "ru"), (9, "ar"), (10, "es"), (11, "zh"), (12, "ko"), (13, "vi")];

    private static readonly (SamplePart Samples, string Name)[] Sizes = [(SamplePart.Small, "10K"), (SamplePart.Large, "100K")];

    /// <inheritdoc/>
    public override int Place => 2;

    /// <summary>The six regions in one picture.</summary>
    /// <param name="tables">The tables that were measured.</param>
    public static IEnumerable<FigurePlan> JointFigures(IReadOnlyList<PaperTable> tables)
    {
        (PaperTable Table, Language Own)[] measured = [.. Shown.Select(s => (tables.FirstOrDefault(t => t.Id == Id(s.Number)), PaperLanguages.Get(s.Code))).Where(m => m.Item1 is not null)!];
        if (measured.Length == 0)
            yield break;
        yield return new FigurePlan(
            "monolingual",
            [.. measured.Select(m => m.Table.Id)],
            "Monolingual regions removed: what each does to each language",
            "A row is a region that is removed, a column the language that is read; the stronger the colour, the larger the factor of perplexity. Look for the diagonal, and for relatives beside it (Ukrainian in Russian's row).",
            FigureKind.HeatMap,
            "language",
            [
                .. measured.Select(m => new PlannedSeries(
                    "",
                    m.Own.Name,
                    [.. m.Table.Plan.Texts.Select(t => new PlannedPoint(t.Name, null, Removal(RegionKind.Top, SamplePart.Large, m.Own), t, Condition.Base))],
                    m.Table.Published)),
            ]);
    }

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published) => Shown.Select(s => Table(s.Number, PaperLanguages.Get(s.Code), profile, published));

    private static PaperTable Table(int number, Language own, Profile profile, PublishedNumbers published)
    {
        MeasurementPlan plan = new(
            [Condition.Base, .. Sizes.SelectMany(s => new[] { Removal(RegionKind.Top, s.Samples, own), Removal(RegionKind.Bottom, s.Samples, own) })],
            PaperLanguages.Eleven);
        return new PaperTable(Id(number), $"Table {number}", $"{own.Name} region, 1 % less the other five, 11 languages", plan, Claims(number, own), profile)
        {
            Published = PublishedNumbers.Of((condition, text) => Printed(published.Table(number), published.Model, condition, text)),
            Untrained = UntrainedControl.Always,
        };
    }

    private static IEnumerable<Claim> Claims(int number, Language own)
    {
        IReadOnlyList<Language> relatives = PaperLanguages.Relatives[own.Code];
        Language[] others = [.. PaperLanguages.Eleven.Where(l => l != own)];
        Language[] unrelated = [.. others.Except(relatives)];
        string names = string.Join(" and ", relatives.Select(l => l.Name));

        Claim Claim(string name, string sentence, RegionKind kind, Bound bound, string rationale, Func<RegionRemoval, IEnumerable<ClaimRow>> rows) => new()
        {
            Id = $"{Id(number)}-{own.Code}-{name}",
            Sentence = sentence,
            Rows = [.. Sizes.SelectMany(size => rows(Removal(kind, size.Samples, own)).Select(row => row with { Label = $"{row.Label}, {size.Name}" }))],
            Bound = bound,
            Rationale = rationale,
            Kind = kind == RegionKind.Bottom ? ClaimKind.NoEffect : ClaimKind.Effect,
        };

        yield return Claim(
            "own",
            $"Removing the {own.Name} region hurts {own.Name} most",
            RegionKind.Top,
            Bound.Above(NoChange),
            "'Only … have significant increases': its own language must rise above every other, by more than what counts as no change.",
            top => [new ClaimRow(own.Name, Increase(top, own) - Max(others.Select(l => Increase(top, l))))]);
        if (relatives.Count > 0)
        {
            yield return Claim(
                "family",
                $"Removing the {own.Name} region hurts its relatives more than the unrelated",
                RegionKind.Top,
                Bound.Above(NoChange),
                "The contrast must exceed what counts as no change (an untrained model shows a few thousandths of a nat); the paper's least is 0.09 nats (Chinese).",
                top => [new ClaimRow(names, Mean(relatives.Select(l => Increase(top, l))) - Mean(unrelated.Select(l => Increase(top, l))))]);
            yield return Claim(
                "ranks",
                $"Each relative of {own.Name} rises above the median of the unrelated",
                RegionKind.Top,
                Bound.Above(NoChange),
                "A relative that is hurt with the family can't be in the lower half of the others, by more than what counts as no change.",
                top => relatives.Select(relative => new ClaimRow(relative.Name, Increase(top, relative) - Median(unrelated.Select(l => Increase(top, l))))));
        }

        yield return Claim(
            "bottom",
            $"Removing the bottom region of {own.Name} changes no language",
            RegionKind.Bottom,
            Bound.Within(NoChange),
            "The paper's largest change under a monolingual Bottom is 0.01 nats; 0.03 is the bound that core Bottom has.",
            bottom => PaperLanguages.Eleven.Select(l => new ClaimRow(l.Name, Increase(bottom, l))));
    }

    private static RegionRemoval Removal(RegionKind kind, SamplePart samples, Language own) => new(kind, Ratio, samples, own.Code);

    // These tables print a base of their own.
    private static decimal? Printed(PublishedTable table, string model, Condition condition, TestText text) => condition switch
    {
        Unedited => table.Find([text.Name], c => c.Region == "Base"),
        RegionRemoval { Region: { } region } => table.Find(
            [text.Name],
            c => c.Region == region.Kind.ToString() && (c.Model is null || c.Model == model) && c.Samples == Sizes.Single(s => s.Samples == region.Samples).Name),
        _ => null,
    };
}
