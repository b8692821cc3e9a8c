using System.Collections.Concurrent;
using System.Globalization;
using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;

namespace Repro.Paper.Claims;

/// <summary>A run's measurements and their bootstrap draws, resampled when first asked for.</summary>
public sealed class MeasuredWorlds
{
    private readonly Laboratory laboratory;
    private readonly ConcurrentDictionary<(Condition Condition, string Text), double[]> resampled = [];
    private readonly ConcurrentDictionary<string, Resampled> quantities = [];

    /// <summary>Sees all that a laboratory has measured.</summary>
    public MeasuredWorlds(Laboratory laboratory)
    {
        this.laboratory = laboratory;
        UniformNats = Math.Log(laboratory.Config.VocabularySize);
        Point = new PointWorld(this);
        Draws = [.. Enumerable.Range(0, PairedBootstrap.Draws).Select(draw => new DrawnWorld(this, draw))];
    }

    /// <summary>The measurements themselves.</summary>
    public IMeasuredWorld Point { get; }

    /// <summary>Bootstrap draws of them.</summary>
    public IReadOnlyList<IMeasuredWorld> Draws { get; }

    /// <summary>The percentile interval of each row, recalled where it was taken before.</summary>
    /// <param name="name">The claim or figure whose rows they are.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="level">Level of each interval.</param>
    public IReadOnlyList<Interval> Intervals(string name, IReadOnlyList<ClaimRow> rows, double level) => laboratory.ClaimResult(
        string.Create(CultureInfo.InvariantCulture, $"{name} at {level:R} rows {string.Join('|', rows.Select(r => r.Label))}"),
        () => rows.Select(row => PairedBootstrap.Percentile(row.Statistic(Point), Evaluate(row), level)).ToArray());

    private double UniformNats { get; }

    private double[] Evaluate(ClaimRow row)
    {
        // The first draw resamples what the row needs, so that the others only look up.
        double[] values = new double[Draws.Count];
        values[0] = row.Statistic(Draws[0]);
        Parallel.For(1, values.Length, i => values[i] = row.Statistic(Draws[i]));
        return values;
    }

    private double[] Resampled(Condition condition, string text) => resampled.GetOrAdd((condition, text), key =>
    {
        // One seed per text: measurements of the same documents share every draw.
        ulong seed = SplitMix.Derive(laboratory.Profile.Seed, $"bootstrap {key.Text}");
        Language language = PaperLanguages.Get(key.Text);
        double[][] draws =
        [
            .. key.Condition.Draws(laboratory.Profile).Select(c => PairedBootstrap.Resample(laboratory.Recall(c, language), seed, laboratory.Profile.Perplexity)),
        ];
        return draws.Length == 1 ? draws[0] : OverDraws(draws);
    });

    // Which draws a mean is taken over varies too, in the same way for every text and for conditions with as many draws: seeds of training are paired.
    private double[] OverDraws(double[][] draws)
    {
        SplitMix random = new(SplitMix.Derive(laboratory.Profile.Seed, string.Create(CultureInfo.InvariantCulture, $"{draws.Length} draws")));
        double[] means = new double[PairedBootstrap.Draws];
        for (int i = 0; i < means.Length; i++)
        {
            for (int d = 0; d < draws.Length; d++)
                means[i] += draws[random.Below(draws.Length)][i] / draws.Length;
        }

        return means;
    }

    private Resampled Quantity(string id) => quantities.GetOrAdd(id, laboratory.Recall);

    private sealed class PointWorld(MeasuredWorlds owner) : IMeasuredWorld
    {
        public double UniformNats => owner.UniformNats;

        public double Nats(Condition condition, string text) =>
            condition.Draws(owner.laboratory.Profile).Average(c => owner.laboratory.Recall(c, PaperLanguages.Get(text)).Nats(owner.laboratory.Profile.Perplexity));

        public double Quantity(string id) => owner.Quantity(id).Value;
    }

    private sealed class DrawnWorld(MeasuredWorlds owner, int draw) : IMeasuredWorld
    {
        public double UniformNats => owner.UniformNats;

        public double Nats(Condition condition, string text) => owner.Resampled(condition, text)[draw];

        public double Quantity(string id)
        {
            IReadOnlyList<double> draws = owner.Quantity(id).Draws;
            return draws[draw % draws.Count];
        }
    }
}
