using System.Globalization;
using Repro.Engine.Seeds;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>
/// How far further training moves weights: the logarithm of one root mean square of θ_after − θ_before over another, seed by seed. Bootstrapped over matrices,
/// which every seed chooses alike, so that the mean over seeds varies with matrices and with seeds.
/// </summary>
/// <remarks>θ are the weights that the model computes with, in the type they are trained in (bfloat16); what has moved by less than they can hold has not moved.</remarks>
public static class DisplacementQuantities
{
    /// <summary>Key for a comparison and a seed.</summary>
    public static string Key(string comparison, int seed) => string.Create(CultureInfo.InvariantCulture, $"{comparison}, seed {seed}");

    /// <summary>The mean of a comparison over seeds; each is a unit, as documents and draws are.</summary>
    public static Statistic Mean(string comparison, int seeds)
    {
        (string Group, Statistic Part)[] parts = [.. Enumerable.Range(0, seeds).Select(seed => (seed.ToString(CultureInfo.InvariantCulture), Measures.Quantity(Key(comparison, seed))))];
        return parts.Length > 1 ? Measures.MeanOfGroups("seed", parts) : parts[0].Part;
    }

    /// <summary>A comparison of one seed.</summary>
    /// <param name="comparison">What is compared.</param>
    /// <param name="seed">Number of the seed.</param>
    /// <param name="further">The run, and its place, that is to have moved further.</param>
    /// <param name="than">The run and the place it is compared with.</param>
    internal static Quantity Of(string comparison, int seed, (Displacement Run, int Place) further, (Displacement Run, int Place) than) =>
        new(Key(comparison, seed), "logarithm of the ratio of two root mean squares", 0.01, (session, _) => Measure(session, further, than))
        {
            Regions = [.. further.Run.Regions.Concat(than.Run.Regions).Distinct()],
            ReadsTraining = true,
        };

    private static Resampled Measure(ModelSession session, (Displacement Run, int Place) further, (Displacement Run, int Place) than)
    {
        Moved one = session.Moved(further.Run);
        Moved other = session.Moved(than.Run);
        return Resampled.Over(
            one.Squares.Length,
            choice => Math.Log(one.RootMeanSquare(further.Place, choice) / other.RootMeanSquare(than.Place, choice)),
            SplitMix.Derive(session.Profile.Seed, "matrices that move"));
    }
}
