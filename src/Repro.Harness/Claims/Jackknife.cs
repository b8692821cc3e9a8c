using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>The standard error of a statistic over units, from its values with each of them left out (Tukey, 1958).</summary>
internal static class Jackknife
{
    /// <summary>What the units bring to a statistic's variance.</summary>
    /// <param name="statistic">The statistic.</param>
    /// <param name="withoutOne">The measurements, in each entry without another unit.</param>
    public static ErrorPart Of(Statistic statistic, IMeasurements withoutOne)
    {
        double[] estimates = statistic.Evaluate(withoutOne);
        int units = estimates.Length;
        double middle = estimates.Average();
        return new ErrorPart((units - 1.0) / units * estimates.Sum(e => (e - middle) * (e - middle)), units - 1);
    }
}

/// <summary>
/// A run's measurements with one draw left out: entry d is without draw d of every condition with that many draws, so that seeds and draws stay paired between
/// texts and conditions. What has another number of draws is whole in every entry.
/// </summary>
internal sealed class WithoutOneDraw(MeasurementSet measured, Profile profile, int draws) : IMeasurements
{
    public int Count => draws;

    public double UniformNats => measured.UniformNats;

    public double[] LogPerplexity(Condition condition, TestText text)
    {
        double[] nats = [.. condition.Draws(profile).Select(c => measured.Nats(c, text))];
        return nats.Length == draws
            ? [.. nats.Select((_, left) => nats.Where((_, draw) => draw != left).Average())]
            : [.. Enumerable.Repeat(nats.Average(), draws)];
    }

    public double[] TokensPerDocument(TestText text) => [.. Enumerable.Repeat(measured[Condition.Base, text].TokensPerDocument, draws)];

    public double[] Quantity(string id) => [.. Enumerable.Repeat(measured.Quantity(id).Value, draws)];
}

/// <summary>A run's measurements with one group left out of each entry; means over groups leave it out.</summary>
internal sealed class WithoutOneGroup(IMeasurements point, IReadOnlyList<UnitGroup> groups) : IMeasurements
{
    public int Count => groups.Count;

    public double UniformNats => point.UniformNats;

    public double[] LogPerplexity(Condition condition, TestText text) => [.. Enumerable.Repeat(point.LogPerplexity(condition, text)[0], Count)];

    public double[] TokensPerDocument(TestText text) => [.. Enumerable.Repeat(point.TokensPerDocument(text)[0], Count)];

    public double[] Quantity(string id) => [.. Enumerable.Repeat(point.Quantity(id)[0], Count)];

    public UnitGroup? LeftOut(int entry) => groups[entry];
}
