using System.Collections.Concurrent;
using System.Globalization;
using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>A run's measurements resampled over documents, and over random draws and training seeds where a condition stands for several.</summary>
public sealed class BootstrapMeasurements : IMeasurements
{
    private readonly MeasurementSet measured;
    private readonly Profile profile;
    private readonly IMeasurements point;
    private readonly ConcurrentDictionary<(string Condition, string Text), double[]> resampled;

    /// <summary>Resamples what was measured.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="profile">Gives draws and the seed.</param>
    public BootstrapMeasurements(MeasurementSet measured, Profile profile)
        : this(measured, profile, [])
    {
    }

    private BootstrapMeasurements(MeasurementSet measured, Profile profile, ConcurrentDictionary<(string Condition, string Text), double[]> resampled)
    {
        this.measured = measured;
        this.profile = profile;
        this.resampled = resampled;
        point = new PointMeasurements(measured, profile);
    }

    /// <inheritdoc/>
    public int Count => PairedBootstrap.Draws;

    /// <inheritdoc/>
    public double UniformNats => measured.UniformNats;

    /// <summary>More measurements of the same run; what was resampled is not resampled again.</summary>
    /// <param name="more">What has been measured by now.</param>
    public BootstrapMeasurements With(MeasurementSet more) => new(more, profile, resampled);

    /// <summary>The estimate of a statistic with its percentile interval.</summary>
    /// <param name="statistic">The statistic.</param>
    /// <param name="level">Level of the interval.</param>
    public Interval Interval(Statistic statistic, double level) => PairedBootstrap.Percentile(statistic.Evaluate(point)[0], statistic.Evaluate(this), level);

    /// <inheritdoc/>
    public double[] LogPerplexity(Condition condition, TestText text) => resampled.GetOrAdd((condition.Id, text.Key), _ =>
    {
        // One seed per text: measurements of the same documents share every draw.
        ulong seed = SplitMix.Derive(profile.Seed, $"bootstrap {text.Key}");
        Condition[] drawn = [.. condition.Draws(profile)];
        double[][] draws = drawn.Any(c => measured.OnShare(c, text))
            ? Shared(drawn, text, seed)
            : [.. drawn.Select(c => PairedBootstrap.Resample(measured[c, text], seed, measured.Perplexity))];
        return draws.Length == 1 ? draws[0] : OverDraws(draws);
    });

    /// <inheritdoc/>
    public double[] Quantity(string id)
    {
        IReadOnlyList<double> draws = measured.Quantity(id).Draws;
        return [.. Enumerable.Range(0, Count).Select(i => draws[i % draws.Count])];
    }

    // The base on all documents, and what each draw adds on its share of them.
    private double[][] Shared(Condition[] drawn, TestText text, ulong seed)
    {
        IReadOnlyList<DocumentScore> all = measured[Condition.Base, text].Documents;
        int[] places = [.. Enumerable.Range(0, all.Count)];
        (Measurement, IReadOnlyList<int>) BaseOf(Condition draw) => (new Measurement(profile.Shares.Of(draw.RandomDraw, all)), profile.Shares.Of<int>(draw.RandomDraw, places));
        (Measurement, IReadOnlyList<int>) Drawn(Condition draw) => (measured[draw, text], profile.Shares.Of<int>(draw.RandomDraw, places));
        double[] whole = LogPerplexity(Condition.Base, text);
        double[][] resamples = PairedBootstrap.Resample([.. drawn.Select(BaseOf), .. drawn.Select(Drawn)], all.Count, seed, measured.Perplexity);
        return [.. drawn.Select((_, d) => whole.Select((nats, i) => nats + (resamples[drawn.Length + d][i] - resamples[d][i])).ToArray())];
    }

    // Also resamples the draws themselves, with the same choice for every text, so that training seeds stay paired.
    private double[] OverDraws(double[][] draws)
    {
        SplitMix random = new(SplitMix.Derive(profile.Seed, string.Create(CultureInfo.InvariantCulture, $"{draws.Length} draws")));
        double[] means = new double[Count];
        for (int i = 0; i < means.Length; i++)
        {
            for (int d = 0; d < draws.Length; d++)
                means[i] += draws[random.Below(draws.Length)][i] / draws.Length;
        }

        return means;
    }
}
