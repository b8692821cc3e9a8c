using System.Globalization;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Conditions;

namespace Repro.Papers.LinguisticRegions.Figures;

/// <summary>Perplexity as training goes on, a plot for each text.</summary>
internal static class TrainingCurves
{
    /// <summary>The picture of a table that trains.</summary>
    public static FigurePlan Of(string id, string title, string caption, MeasurementPlan plan, Profile profile, IMeasurements published)
    {
        FurtherTrained[] stops = [.. PaperFigures.Means(plan, profile).OfType<FurtherTrained>()];
        bool withRate = stops.DistinctBy(c => c.Plan.LearningRate).Count() > 1;
        return new FigurePlan(
            id,
            [id],
            title,
            caption,
            FigureKind.Curves,
            "thousands of the paper's samples",
            [
                .. from text in plan.Texts
                   from curve in stops.GroupBy(c => c.Plan)
                   select new PlannedSeries(text.Name, curve.Key.Label(withRate), [.. curve.Select(c => Point(profile, c, curve.First(), text))], published),
            ]);
    }

    private static PlannedPoint Point(Profile profile, FurtherTrained stop, FurtherTrained first, TestText text)
    {
        double thousands = stop.DocumentsSeen * profile.Training.SamplesPerDocument / 1000.0;
        return new PlannedPoint(string.Create(CultureInfo.InvariantCulture, $"{thousands:0.##}K"), thousands, stop, text, stop == first ? null : first);
    }
}
