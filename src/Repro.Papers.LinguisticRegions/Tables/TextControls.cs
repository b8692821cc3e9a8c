using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Controls that the paper lacks: whether the core region depends on where text comes from, and whether it needs a language at all.</summary>
internal sealed class TextControls : TableFamily
{
    // No change as a share of what is known: 0.03 nats are 0.3 to 0.4 % of the 7.5 to 8.8 nats by which LLaMA-2's base lies below uniform in a region language,
    // and 0.6 to 0.8 % of the 3.8 to 5.4 nats of the tiny model.
    private const double NoShare = 0.01;

    private static readonly IMeasurements NotPrinted = PublishedNumbers.Of((_, _) => null);
    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.03);
    private static readonly RegionRemoval Bottom = new(RegionKind.Bottom, 0.03);
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.03);
    private static readonly RegionRemoval OfRandomOrder = From(new SourceTexts("random-order", "tokens in random order", [.. PaperLanguages.Region.Select(l => l.WithTokensInRandomOrder())]));
    private static readonly RegionRemoval OfDigits = From(new SourceTexts("digits", "digits", [.. PaperLanguages.Region.Select(l => l.AsDigits())]));
    private static readonly RegionRemoval OfCode = From(new SourceTexts("code", "program code", [PaperLanguages.Code]));
    private static readonly IReadOnlyList<Language> OtherOrigin = [PaperLanguages.FurtherChinese, PaperLanguages.FurtherArabic];

    /// <inheritdoc/>
    public override int Place => 3;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published) =>
    [
        Table(
            "control-domain",
            "Core region on text of another origin",
            "A mark is a text's perplexity on a log axis with its 95 % interval. Look for the picture of Table 1: Top far above the rest, and Bottom on Base.",
            new MeasurementPlan([Condition.Base, Top, Bottom, .. Random.Draws(profile)], OtherOrigin),
            [DomainTop(), DomainBottom()],
            profile),
        NoLanguage(
            "control-no-language",
            "Tokens in random order as a test and as a source of importance",
            "its tokens in random order",
            l => l.WithTokensInRandomOrder(),
            OfRandomOrder,
            [
                AsTest(
                    "control-no-language-test",
                    "of what it knows of the same tokens in random order",
                    l => l.WithTokensInRandomOrder(),
                    "Tokens in random order have nothing but their frequencies to predict: a region that held only those would take as large a share of both."),
                AsSource("control-no-language-source", "core less random order", "the same samples with their tokens in random order", OfRandomOrder, ""),
            ],
            profile),
        NoLanguage(
            "control-digits",
            "Digits as a test and as a source of importance",
            "digits",
            l => l.AsDigits(),
            OfDigits,
            [
                AsTest(
                    "control-digits-test",
                    "of what it knows of digits",
                    l => l.AsDigits(),
                    "Decimal numbers drawn at random have a form that can be known, and no language: a region that the model needs for any input would take as large a share of both. They stand document by document for the language's text, as many tokens of them."),
                AsSource("control-digits-source", "core less digits", "as many and as long documents of digits", OfDigits, ""),
            ],
            profile),
        NoLanguage(
            "control-code",
            "Program code as a test and as a source of importance",
            "program code",
            _ => PaperLanguages.Code,
            OfCode,
            [
                AsTest(
                    "control-code-test",
                    "of what it knows of program code",
                    _ => PaperLanguages.Code,
                    "Program code has order, and a grammar that is of no human language: a region that the model needs for any text with order would take as large a share of both. Names and comments in it are words, which makes the claim harder."),
                AsSource(
                    "control-code-source",
                    "core less program code",
                    "program code",
                    OfCode,
                    " Code is one text where the core has six, of as many lines as one of them: a tenth of the samples finds the same core region (Appendix B), so that fewer lines do not explain a difference."),
            ],
            profile),
    ];

    private static RegionRemoval From(SourceTexts source) => new(Top.Region with { Source = source });

    private static PaperTable Table(string id, string title, string caption, MeasurementPlan plan, IEnumerable<Claim> claims, Profile profile) => new(id, "Control", title, plan, claims, profile)
    {
        Figure = PaperFigures.ByText(id, title, caption, plan, profile, NotPrinted),
        Repetition = Repetition.Never,
        IsThorough = true,
    };

    private static Claim DomainTop() => new()
    {
        Id = "control-domain-top",
        Sentence = "In Chinese and in Arabic text of another origin than the samples, removing the top 3 percent hurts more than five times as much as a random 3 percent",
        Rows = [.. OtherOrigin.Select(t => new ClaimRow(t.Name, Increase(Top, t) - (TimesRandom * Increase(Random, t))))],
        Bound = Bound.Above(0),
        Rationale = "Section 3.2 speaks of languages, not of the text that importance is taken from: a core region of that text alone would fail here. 5 times is the factor that Top is held to in Tables 1 and 14.",
    };

    private static Claim DomainBottom() => new()
    {
        Id = "control-domain-bottom",
        Sentence = "In Chinese and in Arabic text of another origin than the samples, removing the bottom 3 percent changes neither by more than 0.03 nats",
        Rows = [.. OtherOrigin.Select(t => new ClaimRow(t.Name, Increase(Bottom, t)))],
        Bound = Bound.Within(NoChange),
        Rationale = "What is of no importance for one text of a language must not be what another one needs. 0.03 nats is the paper's largest change under Bottom (English, 13B).",
        Kind = ClaimKind.NoEffect,
    };

    private static PaperTable NoLanguage(string id, string title, string what, Func<Language, TestText> beside, RegionRemoval source, Claim[] claims, Profile profile) => Table(
        id,
        title,
        $"A mark is a text's perplexity on a log axis with its 95 % interval. Look how far Top lifts a language and how far {what}, beside what Random does, and where the region of {source.Region.Source!.Words} lies beside Top.",
        new MeasurementPlan([Condition.Base, Top, source, .. Random.Draws(profile)], [.. PaperLanguages.Eleven, .. PaperLanguages.Region.Select(beside).Distinct()]),
        claims,
        profile);

    private static Claim AsTest(string id, string words, Func<Language, TestText> beside, string rationale)
    {
        Statistic BeyondRandom(TestText text) => ShareLost(Top, text) - ShareLost(Random, text);
        return new Claim
        {
            Id = id,
            Sentence = $"Of what the model knows of each of the six region languages removing the top 3 percent takes, beyond what a random 3 percent takes, a larger share by more than 0.01 than {words}",
            Rows = [.. PaperLanguages.Region.Select(l => new ClaimRow(l.Name, BeyondRandom(l) - BeyondRandom(beside(l))))],
            Bound = Bound.Above(NoShare),
            Rationale = $"{rationale} What is known is the nats below uniform, so that a text of which less is known can lose as large a share; what any weights would take from a text that is strange to the model is taken off. 0.01 is No change, 0.03 nats, in the language of which least is known.",
        };
    }

    private static Claim AsSource(string id, string row, string words, RegionRemoval source, string rationale)
    {
        Statistic MeanIncrease(Condition removal) => MeanOfGroups("family", PaperLanguages.Eleven.Select(l => (l.Family, Increase(removal, l))));
        return new Claim
        {
            Id = id,
            Sentence = $"On average over languages removing the top 3 percent hurts by more than 0.03 nats more than removing the top 3 percent by importance on {words}",
            Rows = [new ClaimRow(row, MeanIncrease(Top) - MeanIncrease(source))],
            Bound = Bound.Above(NoChange),
            Rationale = $"If a text of no language finds a region that is as harmful, the region is what the model needs for any input and not what languages need. More than no change is asked for, in other languages too: families of languages are units beside documents.{rationale}",
        };
    }
}
