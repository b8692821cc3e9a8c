using System.Globalization;
using System.Text;
using Repro.Harness.Claims;

namespace Repro.Report.Html;

/// <summary>A row of a claim as a small drawing: the range that the bound allows, the interval of each checkpoint, and the paper's number, on a scale that the claim's rows share.</summary>
internal sealed class IntervalStrip
{
    private const double Width = 150;
    private const double LineHeight = 13;
    private const double Margin = 7;

    private readonly double low;
    private readonly double high;

    /// <summary>A scale that holds every interval and bound; a paper's number outside of it becomes an arrow.</summary>
    /// <param name="rows">The rows that share it.</param>
    /// <param name="bound">The claim's bound.</param>
    public IntervalStrip(IReadOnlyCollection<VerdictRow> rows, Bound bound)
    {
        double[] ends = [.. rows.SelectMany(r => new[] { r.Low, r.Value, r.High, r.OwnBound?.Low ?? bound.Low, r.OwnBound?.High ?? bound.High }).Where(double.IsFinite)];
        (low, high) = ends.Length == 0 ? (0, 1) : (ends.Min(), ends.Max());
        if (high - low < double.Epsilon)
            (low, high) = (low - 0.5, high + 0.5);
    }

    /// <summary>The drawing of one row.</summary>
    /// <param name="rows">The row on every checkpoint; null where a checkpoint lacks it.</param>
    /// <param name="bound">The row's bound.</param>
    public Markup Draw(IReadOnlyList<VerdictRow?> rows, Bound bound)
    {
        double height = LineHeight * rows.Count;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"strip\" viewBox=\"0 0 {Width:0} {height:0}\" width=\"{Width:0}\" height=\"{height:0}\" aria-hidden=\"true\">");
        (double from, double to) = (At(bound.Low), At(bound.High));
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"asked\" x=\"{from:0.#}\" width=\"{Math.Max(0, to - from):0.#}\" y=\"0\" height=\"{height:0}\"/>");
        foreach (double end in new[] { bound.Low, bound.High }.Where(double.IsFinite))
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"bound\" d=\"M{At(end):0.#} 0V{height:0}\"/>");
        if (rows.OfType<VerdictRow>().FirstOrDefault()?.Paper is { } paper && double.IsFinite(paper))
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"paper\" d=\"{PaperMark(paper, height / 2)}\"/>");
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i] is not { } row || !double.IsFinite(row.Value))
                continue;
            double middle = (i + 0.5) * LineHeight;
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{VerdictMark.Class(row.Kind)}\"><path d=\"M{At(row.Low):0.#} {middle:0.#}H{At(row.High):0.#}\"/><circle cx=\"{At(row.Value):0.#}\" cy=\"{middle:0.#}\" r=\"2.6\"/></g>");
        }

        return Markup.Trusted(svg.Append("</svg>").ToString());
    }

    private string PaperMark(double paper, double middle)
    {
        double at = At(paper);
        return paper > high
            ? string.Create(CultureInfo.InvariantCulture, $"M{Width - 5:0.#} {middle - 3:0.#}L{Width - 1:0.#} {middle:0.#}L{Width - 5:0.#} {middle + 3:0.#}")
            : paper < low
                ? string.Create(CultureInfo.InvariantCulture, $"M5 {middle - 3:0.#}L1 {middle:0.#}L5 {middle + 3:0.#}")
                : string.Create(CultureInfo.InvariantCulture, $"M{at:0.#} {middle - 3.5:0.#}L{at + 3.5:0.#} {middle:0.#}L{at:0.#} {middle + 3.5:0.#}L{at - 3.5:0.#} {middle:0.#}Z");
    }

    // Where an end is infinite the range goes to the edge.
    private double At(double value) => value switch
    {
        double.NegativeInfinity => 0,
        double.PositiveInfinity => Width,
        _ when double.IsNaN(value) => Width / 2,
        _ => Margin + ((Width - (2 * Margin)) * Math.Clamp((value - low) / (high - low), 0, 1)),
    };
}
