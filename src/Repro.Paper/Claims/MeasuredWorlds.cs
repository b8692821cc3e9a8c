using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Paper.Experiments;
using Repro.Paper.Languages;

namespace Repro.Paper.Claims;

/// <summary>A run's measurements and their bootstrap draws.</summary>
public sealed class MeasuredWorlds
{
    private readonly Laboratory laboratory;
    private readonly Dictionary<(Condition Condition, string Language), double[]> resampled = [];
    private readonly Dictionary<(Condition Condition, string Language), double[]> randomMeans = [];

    /// <summary>Resamples every measurement of the experiments.</summary>
    /// <param name="laboratory">Holds the measurements.</param>
    /// <param name="experiments">The experiments that were measured.</param>
    public MeasuredWorlds(Laboratory laboratory, IEnumerable<Experiment> experiments)
    {
        this.laboratory = laboratory;
        foreach (IGrouping<Language, Condition> group in experiments.SelectMany(e => e.Languages.SelectMany(l => e.Conditions.Select(c => (l, c)))).Distinct().GroupBy(p => p.l, p => p.c))
        {
            Condition[] conditions = [.. group];
            Measurement[] measurements = [.. conditions.Select(c => laboratory.Recall(c, group.Key))];
            double[][] draws = PairedBootstrap.Resample(measurements, SplitMix.Derive(laboratory.Profile.Seed, $"bootstrap {group.Key.Code}"));
            for (int i = 0; i < conditions.Length; i++)
                resampled[(conditions[i], group.Key.Code)] = draws[i];
        }

        Point = new World(this, null);
        Draws = [.. Enumerable.Range(0, PairedBootstrap.Draws).Select(draw => new World(this, draw))];
    }

    /// <summary>The measurements themselves.</summary>
    public IMeasuredWorld Point { get; }

    /// <summary>Bootstrap draws of them.</summary>
    public IReadOnlyList<IMeasuredWorld> Draws { get; }

    private double Nats(Condition condition, string language, int? draw) => (draw, condition.Kind) switch
    {
        (null, RegionKind.Random) => RandomDraws(condition).Average(c => laboratory.Recall(c, PaperLanguages.Get(language)).NatsPerToken),
        (null, _) => laboratory.Recall(condition, PaperLanguages.Get(language)).NatsPerToken,
        ({ } index, RegionKind.Random) => RandomMeans(condition, language)[index],
        ({ } index, _) => resampled[(condition, language)][index],
    };

    private IEnumerable<Condition> RandomDraws(Condition condition) =>
        Enumerable.Range(0, laboratory.Profile.Draws(condition.Ratio)).Select(i => condition with { Draw = i });

    private double[] RandomMeans(Condition condition, string language)
    {
        if (!randomMeans.TryGetValue((condition, language), out double[]? means))
        {
            double[][] draws = [.. RandomDraws(condition).Select(c => resampled[(c, language)])];
            randomMeans[(condition, language)] = means = [.. Enumerable.Range(0, PairedBootstrap.Draws).Select(i => draws.Average(d => d[i]))];
        }

        return means;
    }

    private sealed class World(MeasuredWorlds owner, int? draw) : IMeasuredWorld
    {
        public double UniformNats => Math.Log(owner.laboratory.VocabularySize);

        public double Nats(Condition condition, string language) => owner.Nats(condition, language, draw);
    }
}
