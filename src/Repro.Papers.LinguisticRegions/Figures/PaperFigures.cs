using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Papers.LinguisticRegions.Figures;

/// <summary>The forms that pictures of this paper's tables have.</summary>
internal static class PaperFigures
{
    /// <summary>A mark for every text and condition.</summary>
    public static FigurePlan ByText(string id, string title, string caption, MeasurementPlan plan, Profile profile, IMeasurements published) => new(
        id,
        [id],
        title,
        caption,
        FigureKind.Categories,
        "language",
        [.. Means(plan, profile).Select(c => new PlannedSeries("", c.Label, [.. plan.Texts.Select(t => Point(t.Name, null, c, t))], published))]);

    /// <summary>A mark for every condition and text.</summary>
    public static FigurePlan ByCondition(string id, string title, MeasurementPlan plan, Profile profile, IMeasurements published) => new(
        id,
        [id],
        title,
        "A mark is a perplexity on a log axis with its 95 % interval, one for each edit of the model. Look for single edits far above base.",
        FigureKind.Categories,
        "edit",
        [.. plan.Texts.Select(t => new PlannedSeries("", t.Name, [.. Means(plan, profile).Select(c => Point(c.Label, null, c, t))], published))]);

    /// <summary>A condition on a text, held against the base.</summary>
    public static PlannedPoint Point(string label, double? x, Condition condition, TestText text) =>
        new(label, x, condition, text, condition == Condition.Base ? null : Condition.Base);

    /// <summary>The conditions; of a random one the first draw stands for the mean of all.</summary>
    public static IEnumerable<Condition> Means(MeasurementPlan plan, Profile profile) => plan.Conditions.Where(c => c.Draws(profile).First() == c);
}
