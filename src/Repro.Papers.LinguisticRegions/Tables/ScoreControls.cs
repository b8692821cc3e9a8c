using Repro.Engine.Importance;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Controls that the paper lacks: whether scores of other work find a region that is as harmful as that of Eq. 4.</summary>
internal sealed class ScoreControls : TableFamily
{
    private const string Table = "control-scores";

    // SNIP takes a backward pass for each token: some 10,000 passes from 30 documents of six languages, millions from the 10,000 of a full size.
    private const int MostDocumentsByToken = 100;

    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.03);

    /// <inheritdoc/>
    public override int Place => 3;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published)
    {
        const string Title = "Core region against regions by Fisher information, Wanda and SNIP";
        (RegionRemoval Own, RegionRemoval Other, string Name, string Why)[] scores =
        [
            (Top, By(ImportanceScore.Fisher, SamplePart.Large), "Fisher information", "θ² Σ g², the diagonal of the empirical Fisher information over micro-batches (Theis et al., 2018), is the usual second-order score."),
            (Top, By(ImportanceScore.Wanda, SamplePart.Large), "Wanda", "|θ| times the norm of the inputs (Sun et al., 2024) needs no gradient at all."),
            .. profile.SmallSample > MostDocumentsByToken
                ? Array.Empty<(RegionRemoval, RegionRemoval, string, string)>()
                : [(OfSmallSample(Top), By(ImportanceScore.Snip, SamplePart.Small), "SNIP token by token", "Σ |θ g| over tokens (Lee et al., 2019) lets no two tokens cancel, where Eq. 4 sums gradients first. Both regions are of the small sample: it takes a backward pass for each token.")],
        ];
        MeasurementPlan plan = new([Condition.Base, .. scores.SelectMany(s => new Condition[] { s.Own, s.Other }).Distinct()], PaperLanguages.All);
        yield return new PaperTable(Table, "Control", Title, plan, scores.Select(s => MoreThan(s.Own, s.Other, s.Name, s.Why)), profile)
        {
            Figure = PaperFigures.ByText(
                Table, Title, "A mark is a language's perplexity on a log axis with its 95 % interval. Look whether Top lies above the region of another score.", plan, profile, PublishedNumbers.Of((_, _) => null)),
            Repetition = Repetition.Never,
            IsThorough = true,
        };
    }

    private static Claim MoreThan(RegionRemoval own, RegionRemoval other, string name, string why)
    {
        Statistic MeanIncrease(Condition removal) => MeanOfGroups("family", [.. PaperLanguages.All.Select(l => (l.Family, Increase(removal, l)))]);
        return new Claim
        {
            Id = $"{Table}-{other.Region.Score.ToString().ToLowerInvariant()}",
            Sentence = $"On average over languages removing the top 3 percent by importance hurts by more than 0.03 nats more than removing the top 3 percent by {name}",
            Rows = [new ClaimRow($"less {name}", MeanIncrease(own) - MeanIncrease(other))],
            Bound = Bound.Above(NoChange),
            Rationale = $"{why} Eq. 4 is the right score to find the core region only if its region hurts more, by more than what counts as no change, in other languages too: families of languages are units beside documents. The rule of Table 14's baselines; by every score a region takes the same share of each matrix. The paper shows no other score.",
        };
    }

    private static RegionRemoval OfSmallSample(RegionRemoval removal) => new(removal.Region with { Samples = SamplePart.Small });

    private static RegionRemoval By(ImportanceScore score, SamplePart samples) => new(Top.Region with { Samples = samples, Score = score });
}
