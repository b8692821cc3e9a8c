using System.Globalization;
using Repro.Engine.Regions;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Figures;

/// <summary>The figures of a run: those of the paper that are perplexities, and its tables where a picture shows more.</summary>
public static class PaperFigures
{
    private const string CoreCaption =
        "A mark is a language's perplexity on a log axis with its 95 % interval. Look for Top far above the rest in every language, and Bottom on Base.";

    /// <summary>The figures that what was measured gives.</summary>
    /// <param name="profile">Gives random draws and the scale of training.</param>
    /// <param name="experiments">What was measured.</param>
    /// <param name="measured">The run.</param>
    /// <param name="paper">The paper's numbers.</param>
    public static IReadOnlyList<Figure> All(Profile profile, IReadOnlyList<Experiment> experiments, MeasuredWorlds measured, IMeasuredWorld paper) =>
        [.. Plans(profile, experiments).Select(plan => plan.Fill(measured, paper))];

    private static IEnumerable<FigurePlan> Plans(Profile profile, IReadOnlyList<Experiment> experiments)
    {
        Experiment[] monolingual = [.. experiments.Where(e => e.Conditions.OfType<RegionRemoval>().Any(c => c.Language is not null))];
        if (monolingual.Length > 0)
            yield return Monolingual(monolingual);
        foreach (Experiment experiment in experiments.Except(monolingual).Where(e => e.Conditions.Count > 0))
        {
            if (experiment.Conditions.OfType<RegionRemoval>().Any())
                yield return ByLanguage(profile, experiment);
            else if (experiment.Conditions.OfType<DimensionRemoval>().Any())
                yield return ByCount(profile, experiment);
            else if (experiment.Conditions.OfType<FurtherTrained>().Any())
                yield return ByDocuments(profile, experiment);
            else
                yield return ByCondition(profile, experiment);
        }
    }

    private static FigurePlan Monolingual(Experiment[] experiments) => new(
        "monolingual",
        [.. experiments.Select(e => e.Id)],
        "Monolingual regions removed: what each does to each language",
        "A row is a region that is removed, a column the language that is read; the stronger the colour, the larger the factor of perplexity. Look for the diagonal, and for relatives beside it (Ukrainian in Russian's row).",
        FigureKind.HeatMap,
        "language",
        [
            .. from experiment in experiments
               from removal in experiment.Conditions.OfType<RegionRemoval>().Where(c => c is { Kind: RegionKind.Top, Samples: SampleSize.Large })
               select new PlannedSeries(
                   "", PaperLanguages.Get(removal.Language!).Name, [.. experiment.Languages.Select(l => new PlannedPoint(l.Name, null, removal, l, Condition.Base))]),
        ]);

    private static FigurePlan ByLanguage(Profile profile, Experiment experiment) => new(
        experiment.Id,
        [experiment.Id],
        experiment.Title,
        CoreCaption,
        FigureKind.Categories,
        "language",
        [.. Means(profile, experiment).Select(c => new PlannedSeries("", ConditionNames.Of(c), [.. experiment.Languages.Select(l => Point(l.Name, null, c, l))]))]);

    private static FigurePlan ByCount(Profile profile, Experiment experiment) => new(
        experiment.Id,
        [experiment.Id],
        experiment.Title,
        "Perplexity on a log axis as more dimensions of every matrix are set to zero. Look for Top above Random and Bottom.",
        FigureKind.Curves,
        "dimensions removed from each matrix",
        [
            .. from language in experiment.Languages
               from curve in Means(profile, experiment).OfType<DimensionRemoval>().GroupBy(c => (c.Kind, c.Samples))
               let name = curve.Key.Kind == DimensionKind.Random ? "Random" : $"{curve.Key.Kind}{(curve.Key.Samples == SampleSize.Small ? ", a tenth of the samples" : "")}"
               select new PlannedSeries(
                   language.Name, name, [.. curve.Select(c => Point(c.Count.ToString(CultureInfo.InvariantCulture), c.Count, c, language)).Prepend(Point("0", 0, Condition.Base, language))]),
        ]);

    private static FigurePlan ByDocuments(Profile profile, Experiment experiment)
    {
        FurtherTrained[] stops = [.. Means(profile, experiment).OfType<FurtherTrained>()];
        bool withRate = stops.DistinctBy(c => c.Plan.LearningRate).Count() > 1;
        return new(
            experiment.Id,
            [experiment.Id],
            experiment.Title,
            stops.Any(c => c.Plan.Language == "ar")
                ? "Perplexity on a log axis as training goes on. Look at how far English and Chinese rise at equal Arabic: frozen below trained is forgetting slowed."
                : "Perplexity on a log axis as training goes on. Look at which of the removed regions come back: zeros that stay zero, or masters that bring the old weights back.",
            FigureKind.Curves,
            "thousands of the paper's samples",
            [
                .. from language in experiment.Languages
                   from curve in stops.GroupBy(c => c.Plan)
                   select new PlannedSeries(language.Name, ConditionNames.Of(curve.Key, withRate), [.. curve.Select(c => Trained(profile, c, curve.First(), language))]),
            ]);
    }

    private static FigurePlan ByCondition(Profile profile, Experiment experiment) => new(
        experiment.Id,
        [experiment.Id],
        experiment.Title,
        "A mark is a perplexity on a log axis with its 95 % interval, one for each edit of the model. Look for single edits far above base.",
        FigureKind.Categories,
        "edit",
        [.. experiment.Languages.Select(l => new PlannedSeries("", l.Name, [.. Means(profile, experiment).Select(c => Point(ConditionNames.Of(c), null, c, l))]))]);

    private static PlannedPoint Trained(Profile profile, FurtherTrained stop, FurtherTrained first, Language text)
    {
        double thousands = stop.Documents * profile.Training.SamplesPerDocument / 1000.0;
        return new PlannedPoint(string.Create(CultureInfo.InvariantCulture, $"{thousands:0.##}K"), thousands, stop, text, stop == first ? null : first);
    }

    private static PlannedPoint Point(string label, double? x, Condition condition, Language text) =>
        new(label, x, condition, text, condition == Condition.Base ? null : Condition.Base);

    // Of a random condition the first draw stands for the mean of all.
    private static IEnumerable<Condition> Means(Profile profile, Experiment experiment) => experiment.Conditions.Where(c => c.Draws(profile).First() == c);
}
