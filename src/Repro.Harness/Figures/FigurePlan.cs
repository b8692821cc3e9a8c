using Repro.Engine.Evaluation;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Figures;

/// <summary>A point before it is measured.</summary>
/// <param name="Label">Its place on the axis.</param>
/// <param name="X">The same as a number, where the axis has a scale.</param>
/// <param name="Condition">The model's state; of a random condition any draw, which stands for their mean.</param>
/// <param name="Text">The text.</param>
/// <param name="Reference">What the increase is counted from, or null for none.</param>
public sealed record PlannedPoint(string Label, double? X, Condition Condition, TestText Text, Condition? Reference);

/// <summary>A series before it is measured.</summary>
/// <param name="Panel">The plot it is in; empty where there is one.</param>
/// <param name="Name">What its legend says.</param>
/// <param name="Points">Its points.</param>
/// <param name="Published">The paper's numbers.</param>
public sealed record PlannedSeries(string Panel, string Name, IReadOnlyList<PlannedPoint> Points, IMeasurements Published);

/// <summary>A figure before it is measured.</summary>
/// <param name="Id">Its name, unique in a run.</param>
/// <param name="Tables">Ids of the tables it shows.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Kind">How it is best drawn.</param>
/// <param name="Axis">What its labels or numbers are.</param>
/// <param name="Series">Its series.</param>
public sealed record FigurePlan(string Id, IReadOnlyList<string> Tables, string Title, string Caption, FigureKind Kind, string Axis, IReadOnlyList<PlannedSeries> Series)
{
    private const double Level = 0.95;

    /// <summary>Takes the figure's numbers from a run and from the paper.</summary>
    /// <param name="measured">The run.</param>
    public Figure Fill(BootstrapMeasurements measured) => new(
        Id,
        Tables,
        Title,
        Caption,
        Kind,
        Axis,
        [
            .. Series.GroupBy(s => s.Panel).Select(panel => new FigurePanel(
                panel.Key,
                [.. panel.Select(s => new FigureSeries(s.Name, [.. s.Points.Where(p => IsMeasured(p, measured)).AsParallel().AsOrdered().Select(p => Fill(p, s.Published, measured))]))])),
        ]);

    // A corpus may lack texts of the paper.
    private static bool IsMeasured(PlannedPoint point, BootstrapMeasurements measured) =>
        measured.Has(point.Condition, point.Text) && (point.Reference is null || measured.Has(point.Reference, point.Text));

    private static FigurePoint Fill(PlannedPoint point, IMeasurements published, BootstrapMeasurements measured)
    {
        Statistic nats = Measures.LogPerplexity(point.Condition, point.Text);
        return new FigurePoint(
            point.Label,
            point.X,
            Estimate(nats, published, measured),
            point.Reference is { } reference ? Estimate(nats - Measures.LogPerplexity(reference, point.Text), published, measured) : null);
    }

    private static Estimate Estimate(Statistic statistic, IMeasurements published, BootstrapMeasurements measured)
    {
        Interval interval = measured.Interval(statistic, Level);
        double printed = statistic.Evaluate(published)[0];
        return new Estimate(Round(interval.Value), Round(interval.Low), Round(interval.High), double.IsNaN(printed) ? null : Round(printed));
    }

    private static double Round(double value) => Math.Round(value, 6);
}
