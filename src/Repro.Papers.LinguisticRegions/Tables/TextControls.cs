using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Controls that the paper lacks: whether the core region depends on where text comes from, and whether it needs a language at all.</summary>
internal sealed class TextControls : TableFamily
{
    private static readonly IMeasurements NotPrinted = PublishedNumbers.Of((_, _) => null);
    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.03);
    private static readonly RegionRemoval Bottom = new(RegionKind.Bottom, 0.03);
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.03);
    private static readonly RegionRemoval OfRandomOrder = new(Top.Region with { InRandomOrder = true });
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
        Table(
            "control-no-language",
            "Tokens in random order as a test and as a source of importance",
            "A mark is a text's perplexity on a log axis with its 95 % interval. Look how far Top lifts a language and how far its tokens in random order, and where the region of random order lies beside Top.",
            new MeasurementPlan([Condition.Base, Top, OfRandomOrder], [.. PaperLanguages.Eleven, .. PaperLanguages.Region.Select(l => l.WithTokensInRandomOrder())]),
            [AsTest(), AsSource()],
            profile),
    ];

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

    private static Claim AsTest() => new()
    {
        Id = "control-no-language-test",
        Sentence = "Removing the top 3 percent hurts each of the six region languages by more than 0.03 nats more than it hurts the same tokens in random order",
        Rows = [.. PaperLanguages.Region.Select(l => new ClaimRow(l.Name, Increase(Top, l) - Increase(Top, l.WithTokensInRandomOrder())))],
        Bound = Bound.Above(NoChange),
        Rationale = "Tokens in random order have nothing but their frequencies to predict: a region that held only those would hurt both alike. The claim says that knowledge of their order is lost, not that nothing else is; more than no change is asked for.",
    };

    private static Claim AsSource()
    {
        Statistic MeanIncrease(Condition removal) => MeanOfGroups("family", PaperLanguages.Eleven.Select(l => (l.Family, Increase(removal, l))));
        return new Claim
        {
            Id = "control-no-language-source",
            Sentence = "On average over languages removing the top 3 percent hurts by more than 0.03 nats more than removing the top 3 percent by importance on the same samples with their tokens in random order",
            Rows = [new ClaimRow("core less random order", MeanIncrease(Top) - MeanIncrease(OfRandomOrder))],
            Bound = Bound.Above(NoChange),
            Rationale = "If a text of no language finds a region that is as harmful, the region is what the model needs for any input and not what languages need. More than no change is asked for, in other languages too: families of languages are units beside documents.",
        };
    }
}
