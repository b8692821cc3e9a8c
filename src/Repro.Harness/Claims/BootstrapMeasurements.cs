using System.Collections.Concurrent;
using System.Globalization;
using MathNet.Numerics.Statistics;
using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>A run's measurements resampled over documents; a condition that stands for several draws is the mean of them all in every resample.</summary>
/// <remarks>
/// <para>Texts with as many documents share their resamples: document number 7 is drawn as often of one as of the other. Parallel texts, whose documents are
/// translations of each other, have to be resampled so, for what makes a sentence hard makes it hard in every language. It is as right for other texts: each has
/// the resamples it would have alone, and between documents that have nothing to do with each other the resamples find no more than their chance
/// correlation, which is 0 on average.</para>
/// <para>Draws (random regions, training seeds) are few, and a bootstrap over few is too narrow: no resample of three seeds lies outside of their range. Their
/// standard error is a jackknife's, and Student's t says how little a few tell (<see cref="Spread(Statistic)"/>).</para>
/// </remarks>
public sealed class BootstrapMeasurements : IMeasurements
{
    // Beside the ids of conditions.
    private const string Tokens = "tokens per document";

    private readonly MeasurementSet measured;
    private readonly Profile profile;
    private readonly IMeasurements point;
    private readonly ConcurrentDictionary<(string What, string Text), double[]> resampled;
    private readonly ConcurrentDictionary<int, Lazy<DocumentDraws>> draws;

    /// <summary>Resamples what was measured.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="profile">Gives draws and the seed.</param>
    /// <param name="count">How many resamples.</param>
    public BootstrapMeasurements(MeasurementSet measured, Profile profile, int count = PairedBootstrap.Draws)
        : this(measured, profile, count, [], [])
    {
    }

    private BootstrapMeasurements(
        MeasurementSet measured,
        Profile profile,
        int count,
        ConcurrentDictionary<(string What, string Text), double[]> resampled,
        ConcurrentDictionary<int, Lazy<DocumentDraws>> draws)
    {
        this.measured = measured;
        this.profile = profile;
        this.resampled = resampled;
        this.draws = draws;
        Count = count;
        point = new PointMeasurements(measured, profile);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public double UniformNats => measured.UniformNats;

    /// <summary>Whether a condition, with all its draws, was measured on a text.</summary>
    public bool Has(Condition condition, TestText text) => condition.Draws(profile).All(d => measured.Has(d, text));

    /// <summary>More measurements of the same run; what was resampled is not resampled again.</summary>
    /// <param name="more">What has been measured by now.</param>
    public BootstrapMeasurements With(MeasurementSet more) => new(more, profile, Count, resampled, draws);

    /// <summary>The estimate of a statistic with its spread.</summary>
    /// <param name="statistic">The statistic.</param>
    /// <remarks>
    /// <para>Where only documents vary, or what quantities were resampled over, the interval is the percentile bootstrap's. It is a little narrow
    /// where documents are few: with 40 of them 5 % on a side are 5.6 %.</para>
    /// <para>Where the statistic reads conditions that stand for several draws, or is a mean over groups, it is Student's: estimate ± √Σ (t · SE)², with a
    /// standard error for each kind of unit and the t of its degrees of freedom. Documents: the bootstrap's with the draws held fixed, its variance times
    /// n / (n − 1), with n − 1 degrees of freedom, n being the documents of the shortest text. Draws: the jackknife's for each number D of draws, without one
    /// draw of every condition that has D, with D − 1. Groups: the jackknife's for each grouping, without one of its G groups, with G − 1.</para>
    /// <para>What a document adds to one draw alone is in the variance of both, so that the interval is rather too wide than too narrow; so it is where each
    /// draw was measured on a share of the documents.</para>
    /// </remarks>
    public Spread Spread(Statistic statistic)
    {
        double value = statistic.Evaluate(point)[0];
        double[] resamples = statistic.Evaluate(this);
        (Condition Condition, TestText Text)[] cells = [.. statistic.Cells];
        ErrorPart[] units =
        [
            .. cells.Select(c => c.Condition.Draws(profile).Count()).Where(draws => draws > 1).Distinct()
                .Select(draws => Jackknife.Of(statistic, new WithoutOneDraw(measured, profile, draws))),
            .. statistic.Groups.GroupBy(g => g.Grouping).Select(groups => Jackknife.Of(statistic, new WithoutOneGroup(point, [.. groups]))),
        ];
        return units.Length == 0
            ? new PercentileSpread(value, resamples, cells.Length == 0 && statistic.QuantityIds.All(id => measured.Quantity(id).Draws.Count == 1))
            : new StudentSpread(value, [OfDocuments(resamples, cells), .. units]);
    }

    /// <summary>The estimate of a statistic with its interval.</summary>
    /// <param name="statistic">The statistic.</param>
    /// <param name="level">Level of the interval.</param>
    public Interval Interval(Statistic statistic, double level) => Spread(statistic).Interval((1 - level) / 2);

    /// <inheritdoc/>
    public double[] LogPerplexity(Condition condition, TestText text) => resampled.GetOrAdd((condition.Id, text.Key), _ =>
    {
        Condition[] drawn = [.. condition.Draws(profile)];
        double[][] nats = drawn.Any(c => measured.OnShare(c, text))
            ? Shared(drawn, text)
            : [.. drawn.Select(c => PairedBootstrap.Resample(measured[c, text], DrawsOf(measured[c, text].Documents.Count), measured.Perplexity))];
        return nats.Length == 1 ? nats[0] : [.. Enumerable.Range(0, Count).Select(i => nats.Average(d => d[i]))];
    });

    /// <inheritdoc/>
    public double[] TokensPerDocument(TestText text) => resampled.GetOrAdd((Tokens, text.Key), _ =>
    {
        // A mean over documents is one over tokens where each has one; the seed makes it a mean of the documents that perplexities are resampled over.
        IReadOnlyList<DocumentScore> documents = measured[Condition.Base, text].Documents;
        return PairedBootstrap.Resample(new Measurement([.. documents.Select(d => new DocumentScore(d.Tokens, 1))]), DrawsOf(documents.Count));
    });

    /// <inheritdoc/>
    public double[] Quantity(string id)
    {
        IReadOnlyList<double> draws = measured.Quantity(id).Draws;
        return [.. Enumerable.Range(0, Count).Select(i => draws[i % draws.Count])];
    }

    private static ErrorPart Part(double variance, int units) => new(variance * units / Math.Max(1, units - 1), Math.Max(1, units - 1));

    // Quantities do not say how many units they have.
    private ErrorPart OfDocuments(double[] resamples, (Condition Condition, TestText Text)[] cells)
    {
        double variance = ArrayStatistics.PopulationVariance(resamples);
        return cells.Length == 0 ? new ErrorPart(variance, double.PositiveInfinity) : Part(variance, cells.Min(c => Documents(c.Condition, c.Text)));
    }

    private int Documents(Condition condition, TestText text)
    {
        Condition first = condition.Draws(profile).First();
        return measured[measured.OnShare(first, text) ? Condition.Base : first, text].Documents.Count;
    }

    // The base on all documents, and what each draw adds on its share of them.
    private double[][] Shared(Condition[] drawn, TestText text)
    {
        IReadOnlyList<DocumentScore> all = measured[Condition.Base, text].Documents;
        int[] places = [.. Enumerable.Range(0, all.Count)];
        (Measurement, IReadOnlyList<int>) BaseOf(Condition draw) => (new Measurement(profile.Shares.Of(draw.RandomDraw, all)), profile.Shares.Of<int>(draw.RandomDraw, places));
        (Measurement, IReadOnlyList<int>) Drawn(Condition draw) => (measured[draw, text], profile.Shares.Of<int>(draw.RandomDraw, places));
        double[] whole = LogPerplexity(Condition.Base, text);
        double[][] resamples = PairedBootstrap.Resample([.. drawn.Select(BaseOf), .. drawn.Select(Drawn)], DrawsOf(all.Count), measured.Perplexity);
        return [.. drawn.Select((_, d) => whole.Select((nats, i) => nats + (resamples[drawn.Length + d][i] - resamples[d][i])).ToArray())];
    }

    private DocumentDraws DrawsOf(int documents) => draws.GetOrAdd(documents, _ => new Lazy<DocumentDraws>(() =>
        new DocumentDraws(documents, SplitMix.Derive(profile.Seed, string.Create(CultureInfo.InvariantCulture, $"bootstrap of {documents} documents")), Count))).Value;
}
