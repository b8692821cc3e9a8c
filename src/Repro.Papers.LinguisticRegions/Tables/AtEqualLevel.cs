using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>
/// How much less a text was forgotten by one run than by another when both had learned another text equally well (Figure 5): log-perplexity of the first
/// run less that of the second, nats per token, where both reach the better of their two least log-perplexities of the learned text that both reach.
/// </summary>
/// <param name="Name">The two runs in words.</param>
/// <param name="More">Stops of the run that forgets more, in their order.</param>
/// <param name="Less">Stops of the run that forgets less.</param>
/// <param name="Learned">The text that is learned.</param>
/// <param name="Text">The text that is forgotten.</param>
internal sealed record AtEqualLevel(string Name, IReadOnlyList<Condition> More, IReadOnlyList<Condition> Less, TestText Learned, TestText Text) : Statistic
{
    /// <inheritdoc/>
    public override IReadOnlyList<Statistic> Parts => [];

    /// <inheritdoc/>
    public override IEnumerable<(Condition Condition, TestText Text)> Cells => More.Concat(Less).SelectMany(stop => new[] { (stop, Learned), (stop, Text) });

    /// <inheritdoc/>
    public override IEnumerable<string> Words => ["saved(", Name, ", ", Text.Name, " at equal ", Learned.Name, ")"];

    /// <inheritdoc/>
    public override double[] Evaluate(IMeasurements measurements)
    {
        (double[] Learned, double[] Text)[] more = Curves(More, measurements);
        (double[] Learned, double[] Text)[] less = Curves(Less, measurements);
        return
        [
            .. Enumerable.Range(0, measurements.Count).Select(i =>
            {
                (double Learned, double Text)[] first = At(more, i);
                (double Learned, double Text)[] second = At(less, i);
                double level = Math.Max(Best(first), Best(second));
                return AtLevel(first, level) - AtLevel(second, level);
            }),
        ];
    }

    /// <inheritdoc/>
    public override double Tolerance(ITolerances tolerances) => 2 * More.Concat(Less).Max(stop => tolerances.OfPerplexity(stop.Tolerance));

    private (double[] Learned, double[] Text)[] Curves(IReadOnlyList<Condition> stops, IMeasurements measurements) =>
        [.. stops.Select(stop => (measurements.LogPerplexity(stop, Learned), measurements.LogPerplexity(stop, Text)))];

    private static (double Learned, double Text)[] At((double[] Learned, double[] Text)[] curves, int resample) => [.. curves.Select(c => (c.Learned[resample], c.Text[resample]))];

    private static double Best((double Learned, double Text)[] curve) => curve.Select(p => p.Learned).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    // Where the learned text last gets down to the level, between two stops by straight lines; at the end where only the end is known (the paper).
    private static double AtLevel((double Learned, double Text)[] stops, double level)
    {
        (double Learned, double Text)[] curve = [.. stops.Where(p => double.IsFinite(p.Learned) && double.IsFinite(p.Text))];
        int reached = Enumerable.Range(1, Math.Max(0, curve.Length - 1)).LastOrDefault(i => curve[i - 1].Learned > level && curve[i].Learned <= level);
        if (reached == 0)
            return curve.Length == 0 ? double.NaN : curve[^1].Text;
        (double Learned, double Text) before = curve[reached - 1];
        (double Learned, double Text) after = curve[reached];
        double share = (before.Learned - level) / (before.Learned - after.Learned);
        return before.Text + (share * (after.Text - before.Text));
    }
}
