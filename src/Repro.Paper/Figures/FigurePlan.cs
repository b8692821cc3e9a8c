using Repro.Paper.Claims;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Figures;

/// <summary>A point before it is measured.</summary>
/// <param name="Label">Its place on the axis.</param>
/// <param name="X">The same as a number, where the axis has a scale.</param>
/// <param name="Condition">The model's state; of a random condition any draw, which stands for their mean.</param>
/// <param name="Text">The text.</param>
/// <param name="Reference">What the increase is counted from, or null for none.</param>
internal sealed record PlannedPoint(string Label, double? X, Condition Condition, Language Text, Condition? Reference);

/// <summary>A series before it is measured.</summary>
internal sealed record PlannedSeries(string Panel, string Name, IReadOnlyList<PlannedPoint> Points);

/// <summary>A figure before it is measured.</summary>
internal sealed record FigurePlan(string Id, IReadOnlyList<string> Experiments, string Title, string Caption, FigureKind Kind, string Axis, IReadOnlyList<PlannedSeries> Series)
{
    private const double Level = 0.95;

    /// <summary>Takes the figure's numbers from a run and from the paper.</summary>
    /// <param name="measured">The run.</param>
    /// <param name="paper">The paper.</param>
    public Figure Fill(MeasuredWorlds measured, IMeasuredWorld paper)
    {
        PlannedPoint[] points = [.. Series.SelectMany(s => s.Points)];
        ClaimRow[] nats = [.. points.Select(p => new ClaimRow($"{p.Condition.Id}: {p.Text.Name}", w => w.Nats(p.Condition, p.Text.Key)))];
        ClaimRow[] increases = [.. points.Where(p => p.Reference is not null).Select(p => new ClaimRow($"{p.Condition.Id} over {p.Reference!.Id}: {p.Text.Name}", w => Increase(w, p)))];
        Queue<Estimate> levels = Estimates($"figure {Id}", nats, measured, paper);
        Queue<Estimate> rises = Estimates($"figure {Id}, increases", increases, measured, paper);
        return new Figure(
            Id,
            Experiments,
            Title,
            Caption,
            Kind,
            Axis,
            [
                .. Series
                    .Select(s => (s.Panel, Series: new FigureSeries(s.Name, [.. s.Points.Select(p => new FigurePoint(p.Label, p.X, levels.Dequeue(), p.Reference is null ? null : rises.Dequeue()))])))
                    .GroupBy(s => s.Panel, s => s.Series)
                    .Select(panel => new FigurePanel(panel.Key, [.. panel])),
            ]);
    }

    // The paper's tables print bases of their own, which its world knows.
    private static double Increase(IMeasuredWorld world, PlannedPoint point) => point.Reference == Condition.Base
        ? world.Increase(point.Condition, point.Text.Key)
        : world.Nats(point.Condition, point.Text.Key) - world.Nats(point.Reference!, point.Text.Key);

    private static Queue<Estimate> Estimates(string name, ClaimRow[] rows, MeasuredWorlds measured, IMeasuredWorld paper) => new(
        measured.Intervals(name, rows, Level).Zip(rows, (interval, row) =>
        {
            double published = row.Statistic(paper);
            return new Estimate(Round(interval.Value), Round(interval.Low), Round(interval.High), double.IsNaN(published) ? null : Round(published));
        }));

    private static double Round(double value) => Math.Round(value, 6);
}
