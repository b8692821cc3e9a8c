using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Claims;

/// <summary>Section 3.4 and Appendix F: Tables 5 and 9 to 13.</summary>
public static class MonolingualRegionClaims
{
    private const double Ratio = 0.01;
    private const double NoChange = 0.03;

    /// <summary>The claims, language by language.</summary>
    public static IEnumerable<Claim> All() => PaperLanguages.Region.SelectMany(OfLanguage);

    private static IEnumerable<Claim> OfLanguage(Language language)
    {
        yield return OwnLanguage(language);
        if (PaperLanguages.Relatives[language.Code].Count > 0)
        {
            yield return Family(language);
            yield return Ranks(language);
        }

        yield return Bottom(language);
    }

    private static Claim OwnLanguage(Language own) => Create(
        own,
        "own",
        $"Removing the {own.Name} region hurts {own.Name} most",
        $"increase of nats per token in {own.Name}, less the largest increase in another language",
        Bound.Above(NoChange),
        "'Only … have significant increases': its own language must rise above every other, by more than what counts as no change.",
        RegionKind.Top,
        condition => [new ClaimRow(own.Name, w => w.Increase(condition, own.Code) - Others(own).Max(l => w.Increase(condition, l.Code)))]);

    private static Claim Family(Language own) => Create(
        own,
        "family",
        $"Removing the {own.Name} region hurts its relatives more than the unrelated",
        $"mean increase of nats per token in {Names(own)}, less the mean over unrelated languages",
        Bound.Above(NoChange),
        "The contrast must exceed what counts as no change (an untrained model shows a few thousandths of a nat); the paper's least is 0.09 nats (Chinese).",
        RegionKind.Top,
        condition => [new ClaimRow(Names(own), w => Relatives(own).Average(l => w.Increase(condition, l.Code)) - Unrelated(own).Average(l => w.Increase(condition, l.Code)))]);

    private static Claim Ranks(Language own) => Create(
        own,
        "ranks",
        $"Each relative of {own.Name} rises above the median of the unrelated",
        "increase of nats per token in the relative, less the median over unrelated languages",
        Bound.Above(NoChange),
        "A relative that is hurt with the family can't be in the lower half of the others, by more than what counts as no change.",
        RegionKind.Top,
        condition => Relatives(own).Select(relative =>
            new ClaimRow(relative.Name, w => w.Increase(condition, relative.Code) - Median(Unrelated(own).Select(l => w.Increase(condition, l.Code))))));

    private static Claim Bottom(Language own) => Create(
        own,
        "bottom",
        $"Removing the bottom region of {own.Name} changes no language",
        "increase of nats per token by the language's own Bottom",
        Bound.Within(NoChange),
        "The paper's largest change under a monolingual Bottom is 0.01 nats; 0.03 is the bound that core Bottom has.",
        RegionKind.Bottom,
        condition => PaperLanguages.Eleven.Select(l => new ClaimRow(l.Name, w => w.Increase(condition, l.Code))));

    private static Claim Create(
        Language own,
        string kind,
        string sentence,
        string statistic,
        Bound bound,
        string rationale,
        RegionKind region,
        Func<Condition, IEnumerable<ClaimRow>> rows)
    {
        string experiment = PaperExperiments.MonolingualTable(own.Code);
        return new Claim
        {
            Id = $"{experiment}-{own.Code}-{kind}",
            Table = $"Table {int.Parse(experiment.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture)}",
            Sentence = sentence,
            Statistic = statistic,
            Bound = bound,
            Rationale = rationale,
            Experiments = [experiment],
            Languages = PaperLanguages.Eleven,
            Kind = region == RegionKind.Bottom ? ClaimKind.NoEffect : ClaimKind.Effect,
            Rows =
            [
                .. from samples in new[] { SampleSize.Small, SampleSize.Large }
                   from row in rows(new RegionRemoval(region, Ratio, samples, own.Code))
                   select row with { Label = $"{row.Label}, {(samples == SampleSize.Small ? "10K" : "100K")}" },
            ],
        };
    }

    private static IReadOnlyList<Language> Relatives(Language own) => PaperLanguages.Relatives[own.Code];

    private static IEnumerable<Language> Others(Language own) => PaperLanguages.Eleven.Where(l => l != own);

    private static IEnumerable<Language> Unrelated(Language own) => Others(own).Except(Relatives(own));

    private static string Names(Language own) => string.Join(" and ", Relatives(own).Select(l => l.Name));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
