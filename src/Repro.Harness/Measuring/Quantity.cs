using Repro.Engine.Seeds;
using Repro.Harness.Readings;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>A measured number with the draws its interval is taken from.</summary>
/// <param name="Value">The number.</param>
/// <param name="Draws">The same number on resampled units, or against resampled chance; one draw for a number without spread.</param>
public sealed record Resampled(double Value, IReadOnlyList<double> Draws)
{
    private const int Count = 10_000;

    /// <summary>A number that nothing was sampled for.</summary>
    public static Resampled Exact(double value) => new(value, [value]);

    /// <summary>A statistic of units (matrices, weights, prompts), bootstrapped over them.</summary>
    /// <param name="units">How many units there are.</param>
    /// <param name="statistic">The statistic of a choice of units, given by their indices.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static Resampled Over(int units, Func<int[], double> statistic, ulong seed)
    {
        SplitMix random = new(seed);
        int[] choice = new int[units];
        double[] draws = new double[Count];
        for (int draw = 0; draw < Count; draw++)
        {
            for (int i = 0; i < units; i++)
                choice[i] = (int)random.Below(units);
            draws[draw] = statistic(choice);
        }

        return new Resampled(statistic([.. Enumerable.Range(0, units)]), draws);
    }
}

/// <summary>A number of a table that is not a perplexity.</summary>
/// <param name="Id">Its key in goldens and in the store.</param>
/// <param name="Unit">What it counts, in a few words.</param>
/// <param name="Tolerance">How far it may move between processors.</param>
/// <param name="Measure">Measures it.</param>
public sealed record Quantity(string Id, string Unit, double Tolerance, Func<ModelSession, RunContext, Resampled> Measure)
{
    /// <summary>The readings it depends on.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = Reading.OfImportance;

    /// <summary>The regions it needs, which a run selects together with those of conditions.</summary>
    public IReadOnlyList<RegionSpec> Regions { get; init; } = [];

    /// <summary>Whether it is made of what its plan's training runs leave (<see cref="MeasurementPlan.Displacements"/>): it comes after them, costs nothing and is not kept.</summary>
    public bool ReadsTraining { get; init; }

    /// <summary>Test texts it reads.</summary>
    public IReadOnlyList<TestText> Texts { get; init; } = [];

    /// <summary>Texts whose own importance it reads, beside that of all together.</summary>
    public IReadOnlyList<TestText> Samples { get; init; } = [];

    /// <summary>How often it sums gradients over the large sample of all texts, beside the sums that regions are selected from.</summary>
    public int SamplePasses { get; init; }

    /// <summary>How many of those sums it keeps on the disk for each text.</summary>
    public int SumsKept { get; init; }

    /// <summary>Whether there are the texts that it needs.</summary>
    /// <param name="texts">The texts that there are.</param>
    internal bool IsPossible(TextSet texts) =>
        Regions.All(r => r.IsPossible(texts)) && (texts.LocatesRegions || !Readings.Contains(Reading.Importance)) && !Texts.Any(texts.Lacks) && Samples.All(texts.Importance.Contains);
}
