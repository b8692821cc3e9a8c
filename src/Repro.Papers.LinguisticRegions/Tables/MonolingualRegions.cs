using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Section 3.4 and Appendix F: Tables 5 and 9 to 13, the region of one language less those of the other five (Eq. 5) removed.</summary>
internal sealed class MonolingualRegions : TableFamily
{
    private const double Ratio = 0.01;
    private const string SideBySide = "regions-compared";
    private const string PerSentenceId = "per-sentence";

    private static readonly (int Number, string Code)[] Shown = [(5, "ru"), (9, "ar"), (10, "es"), (11, "zh"), (12, "ko"), (13, "vi")];

    private static readonly (SamplePart Samples, string Name)[] Sizes = [(SamplePart.Small, "10K"), (SamplePart.Large, "100K")];

    private static readonly Language[] Regions = [.. Shown.Select(s => PaperLanguages.Get(s.Code))];

    private static readonly Language[] Latin = [.. PaperLanguages.All.Where(l => l.Script == Script.Latin)];

    private static readonly Contrast[] Contrasts =
    [
        new("slavic", "The Russian region hurts Slavic languages in Latin script more than other languages in Latin script", "ru", l => Latin.Contains(l) && l.Family == "Slavic", l => Latin.Contains(l) && l.Family != "Slavic"),
        new("romance", "The Spanish region hurts the other Romance languages more than other languages in Latin script", "es", l => l.Family == "Romance" && l.Code != "es", l => Latin.Contains(l) && l.Family != "Romance"),
        new("vietnamese", "The Vietnamese region, which has no relative here, hurts languages in Latin script more than the others", "vi", l => Latin.Contains(l) && l.Code != "vi", l => !Latin.Contains(l)),
    ];

    /// <inheritdoc/>
    public override int Place => 2;

    /// <summary>The six regions in one picture.</summary>
    /// <param name="tables">The tables that were measured.</param>
    public static IEnumerable<FigurePlan> JointFigures(IReadOnlyList<PaperTable> tables)
    {
        (PaperTable Table, Language Own)[] measured = [.. Shown.Select(s => (tables.FirstOrDefault(t => t.Id == Id(s.Number)), PaperLanguages.Get(s.Code))).Where(m => m.Item1 is not null)!];
        if (measured.Length == 0)
            yield break;
        yield return HeatMap(
            "monolingual",
            [.. measured.Select(m => m.Table.Id), .. tables.Select(t => t.Id).Where(id => id == SideBySide)],
            "Monolingual regions removed: what each does to each language",
            measured.Select(m => (m.Own, m.Table.Plan.Texts, m.Table.Published)));
    }

    private static FigurePlan HeatMap(string id, IReadOnlyList<string> tables, string title, IEnumerable<(Language Own, IReadOnlyList<TestText> Texts, IMeasurements Published)> regions) => new(
        id,
        tables,
        title,
        "A row is a region that is removed, a column the language that is read; the stronger the colour, the larger the factor of perplexity. Look for the diagonal, and for relatives beside it (Ukrainian in Russian's row).",
        FigureKind.HeatMap,
        "language",
        [
            .. regions.Select(r => new PlannedSeries(
                "", r.Own.Name, [.. r.Texts.Select(t => new PlannedPoint(t.Name, null, Removal(RegionKind.Top, SamplePart.Large, r.Own), t, Condition.Base))], r.Published)),
        ]);

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published) =>
        [.. Shown.Select(s => Table(s.Number, PaperLanguages.Get(s.Code), profile, published)), Compared(profile, published), FamilyOrScript(profile, published), PerSentence(profile), OfLikeSize(profile)];

    // The captions' bold: "values with greater changes compared to the other regions' removals".
    private static PaperTable Compared(Profile profile, PublishedNumbers published)
    {
        MeasurementPlan plan = new([Condition.Base, .. Sizes.SelectMany(s => Regions.Select(own => Removal(RegionKind.Top, s.Samples, own)))], PaperLanguages.Eleven);
        return new PaperTable(SideBySide, "Tables 5, 9-13", "The six monolingual regions side by side", plan, [HurtMost(), MoreFromMoreText()], profile)
        {
            Published = PublishedNumbers.Of((condition, text) => Printed(published.Table(NumberOf(condition)), published.Model, condition, text)),
            Untrained = UntrainedControl.Always,
        };
    }

    private static Claim HurtMost() => new()
    {
        Id = $"{SideBySide}-hurt-most",
        Sentence = "Each language is hurt most by its own family's region",
        Rows =
        [
            .. from size in Sizes
               from language in PaperLanguages.Eleven
               let family = Regions.Where(own => own == language || PaperLanguages.Relatives[own.Code].Contains(language)).ToArray()
               select new ClaimRow($"{language.Name}, {size.Name}", Worst(family, size.Samples, language) - Worst(Regions.Except(family), size.Samples, language)),
        ],
        Bound = Bound.Above(NoChange),
        Rationale = "The captions print 'greater changes compared to the other regions' removals' in bold; greater is taken as more than what counts as no change. The paper's least is 0.081 nats (Japanese, 10K).",
    };

    private static Claim MoreFromMoreText() => new()
    {
        Id = $"{SideBySide}-more-from-more-text",
        Sentence = "The region found from ten times as many samples hurts its own language more",
        Rows = [.. Regions.Select(own => new ClaimRow(own.Name, Increase(Removal(RegionKind.Top, SamplePart.Large, own), own) - Increase(Removal(RegionKind.Top, SamplePart.Small, own), own)))],
        Bound = Bound.Above(NoChange),
        Rationale = "Tables 5 and 9 to 13 print it for 100K and 10K samples of each of the six languages, without a word on it; more is taken as more than what counts as no change. The paper's least is 0.103 nats (Chinese).",
    };

    // The paper's eleven languages cannot tell descent from writing: Russian and Ukrainian share both. The other nineteen can.
    private static PaperTable FamilyOrScript(Profile profile, PublishedNumbers published)
    {
        const string Id = "family-or-script";
        MeasurementPlan plan = OnAllLanguages();
        IMeasurements numbers = PublishedNumbers.Of((condition, text) => Printed(published.Table(NumberOf(condition)), published.Model, condition, text));
        Claim Claim(Contrast contrast) => new()
        {
            Id = $"{Id}-{contrast.Name}",
            Sentence = contrast.Sentence,
            Rows = [new ClaimRow(contrast.Region.Name, Mean(contrast.Hurt.Select(l => Added(contrast.Region, l))) - Mean(contrast.Spared.Select(l => Added(contrast.Region, l))))],
            Bound = Bound.Above(NoChange),
            Rationale = "'Closely related languages with similar letter elements or sentence structure' (Section 3.4) leaves open which; the contrast must exceed what counts as no change. The paper does not measure these languages.",
        };
        return new PaperTable(
            Id,
            "Section 3.4",
            "Family or script: the six monolingual regions on 30 languages",
            plan,
            [.. Contrasts.Select(Claim)],
            profile)
        {
            Published = numbers,
            Figure = HeatMap(Id, [Id, PerSentenceId], "Monolingual regions removed: all 30 languages", Regions.Select(own => (own, plan.Texts, numbers))),
            Untrained = UntrainedControl.Thorough,
            IsThorough = true,
        };
    }

    // Into how many tokens a language is cut differs by its tokenizer; a sentence is the same in all of them.
    private static PaperTable PerSentence(Profile profile)
    {
        MeasurementPlan plan = OnAllLanguages();
        Statistic Whole(Language own, Language language) => PerDocument(Added(own, language), language);
        Statistic Beyond(Language own, Language language) => PerDocument(Added(own, language) - NoChange, language);
        Statistic MeanBeyond(Language own, IEnumerable<Language> hurt, IEnumerable<Language> spared) => Mean(hurt.Select(l => Beyond(own, l))) - Mean(spared.Select(l => Whole(own, l)));
        Claim Claim(string name, string sentence, IEnumerable<ClaimRow> rows) => new()
        {
            Id = $"{PerSentenceId}-{name}",
            Sentence = $"{sentence}, in nats per sentence",
            Rows = [.. rows],
            Bound = Bound.Above(0),
            Rationale = "The rule of nats per token in a unit that does not depend on how a tokenizer cuts a language: of the hurt languages what counts as no change, 0.03 nats for each of their own tokens, is taken off first. Only parallel texts can be compared so. The paper prints no tokens per sentence.",
        };
        IEnumerable<Claim> OfRegion(Language own)
        {
            (IReadOnlyList<Language> relatives, Language[] unrelated) = (PaperLanguages.Relatives[own.Code], Unrelated(own));
            yield return Claim($"{own.Code}-only", OnlySentence(own), relatives.Prepend(own).Select(member => new ClaimRow(member.Name, Beyond(own, member) - Max(unrelated.Select(l => Whole(own, l))))));
            if (relatives.Count > 0)
                yield return Claim($"{own.Code}-family", FamilySentence(own), [new ClaimRow(own.Name, MeanBeyond(own, relatives, unrelated))]);
        }

        return new PaperTable(
            PerSentenceId,
            "Section 3.4",
            "The six monolingual regions in nats per sentence",
            plan,
            [.. Regions.SelectMany(OfRegion), .. Contrasts.Select(c => Claim(c.Name, c.Sentence, [new ClaimRow(c.Region.Name, MeanBeyond(c.Region, c.Hurt, c.Spared))]))],
            profile)
        {
            Repetition = Repetition.Never,
            IsThorough = true,
        };
    }

    private static MeasurementPlan OnAllLanguages() => new([Condition.Base, .. Regions.Select(own => Removal(RegionKind.Top, SamplePart.Large, own))], PaperLanguages.All);

    private static Statistic Added(Language own, Language language) => Increase(Removal(RegionKind.Top, SamplePart.Large, own), language);

    private static Statistic Worst(IEnumerable<Language> regions, SamplePart samples, Language language) =>
        Max(regions.Select(own => Increase(Removal(RegionKind.Top, samples, own), language)));

    private static PaperTable OfLikeSize(Profile profile)
    {
        MeasurementPlan plan = new(
            [Condition.Base, .. Regions.SelectMany(own => new RegionRemoval(RegionKind.Random, Ratio, own: own.Code).Draws(profile).Prepend(Removal(RegionKind.Top, SamplePart.Large, own)))], Regions);
        const string Id = "control-size";
        const string Title = "Monolingual regions against random ones of their size";
        IMeasurements none = PublishedNumbers.Of((_, _) => null);
        return new PaperTable(Id, "Control", Title, plan, [MoreThanRandom()], profile)
        {
            Published = none,
            Figure = PaperFigures.ByText(Id, Title, "A mark is a language's perplexity on a log axis with its 95 % interval. Look for each language's own region above the random ones of its size.", plan, profile, none),
            IsThorough = true,
        };
    }

    private static Claim MoreThanRandom() => new()
    {
        Id = "control-size-more-than-random",
        Sentence = "A monolingual region hurts its own language more than five times as much as a random region of its size",
        Rows = [.. Regions.Select(own => new ClaimRow(own.Name, Increase(Removal(RegionKind.Top, SamplePart.Large, own), own) - (TimesRandom * Increase(new RegionRemoval(RegionKind.Random, Ratio, own: own.Code), own))))],
        Bound = Bound.Above(0),
        Rationale = "The control that the paper lacks: a region of 0.6 % of the weights may hurt by its size alone; 5 times is the factor that the core region's claims use.",
    };

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
        Language[] unrelated = Unrelated(own);
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
            "only",
            OnlySentence(own),
            RegionKind.Top,
            Bound.Above(NoChange),
            "'Only Russian itself and Ukrainian have significant increases': each of the family must rise above every unrelated language, by more than what counts as no change; the paper's least is 0.037 nats (Japanese under Chinese, 100K).",
            top => relatives.Prepend(own).Select(member => new ClaimRow(member.Name, Increase(top, member) - Max(unrelated.Select(l => Increase(top, l))))));
        if (relatives.Count > 0)
        {
            yield return Claim(
                "family",
                FamilySentence(own),
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
            $"Removing the bottom region of {own.Name} moves no language by more than 0.03 nats",
            RegionKind.Bottom,
            Bound.Within(NoChange),
            "The paper's largest change under a monolingual Bottom is 0.01 nats; 0.03 is the bound that core Bottom has.",
            bottom => PaperLanguages.Eleven.Select(l => new ClaimRow(l.Name, Increase(bottom, l))));
    }

    private static Language[] Unrelated(Language own) => [.. PaperLanguages.Eleven.Where(l => l != own).Except(PaperLanguages.Relatives[own.Code])];

    private static string OnlySentence(Language own) => $"Removing the {own.Name} region hurts {Listed([.. PaperLanguages.Relatives[own.Code].Prepend(own).Select(l => l.Name)])} more than any other language";

    private static string FamilySentence(Language own) => $"Removing the {own.Name} region hurts its relatives more than the unrelated on average";

    private static string Listed(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    // All six tables print the same base.
    private static int NumberOf(Condition condition) => condition is RegionRemoval { Region.Own: { } own } ? Shown.Single(s => s.Code == own).Number : Shown[0].Number;

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

    // Languages that share one thing with a region's own and not the other.
    private sealed record Contrast(string Name, string Sentence, string Code, Func<Language, bool> IsHurt, Func<Language, bool> IsSpared)
    {
        public Language Region => PaperLanguages.Get(Code);

        public IEnumerable<Language> Hurt => PaperLanguages.All.Where(IsHurt);

        public IEnumerable<Language> Spared => PaperLanguages.All.Where(IsSpared);
    }
}
