using Repro.Engine.Importance;
using Repro.Engine.Seeds;
using TorchSharp;

namespace Repro.Engine.Regions;

/// <summary>
/// Random regions that have something else of a given region than its members: controls of what that something does by itself. Each tensor is cut into strata,
/// and as many weights of each stratum are drawn without replacement as the region has there.
/// </summary>
/// <remarks>A tensor's strata are counted and then drawn from in the order of its weights (selection sampling; Fan, Muller and Rezucha, 1962): memory grows with the strata alone.</remarks>
public static class MatchedRandom
{
    // The exponent and seven bits of the fraction of a float32: weights of one stratum differ by less than 1 part in 128.
    private const int DroppedBits = 16;
    private const int MagnitudeStrata = 1 << (31 - DroppedBits);

    /// <summary>As many weights in each row, or in each column, of each matrix as a region has there; the region's own weights can be among them. A vector is one row.</summary>
    /// <param name="region">The region.</param>
    /// <param name="axis">Rows or columns of the stored matrices.</param>
    /// <param name="seed">Each tensor's draw has a seed of its own, derived from this one and its name.</param>
    public static Region InDimensions(Region region, MatrixAxis axis, ulong seed) => Draw(region, seed, (_, part) =>
    {
        if (part.Shape.Length != 2)
            return new Strata(1, _ => 0);
        (long rows, long columns) = (part.Shape[0], part.Shape[1]);
        return axis == MatrixAxis.Row ? new Strata(rows, index => index / columns) : new Strata(columns, index => index % columns);
    });

    /// <summary>
    /// Weights that are none of a region's, as large as those: a tensor's weights are cut by |θ| into strata less than 1 % wide, and each is drawn from as often
    /// as the region has weights in it. A stratum where the region has more than half of the weights is taken together with the next smaller ones until it has not.
    /// </summary>
    /// <param name="region">The region.</param>
    /// <param name="magnitudes">|θ| of every weight, read tensor by tensor.</param>
    /// <param name="seed">Each tensor's draw has a seed of its own, derived from this one and its name.</param>
    /// <exception cref="ArgumentException">The region has more than half of a tensor.</exception>
    public static Region InMagnitude(Region region, ImportanceMap magnitudes, ulong seed) => Draw(region, seed, (name, part) => ByMagnitude(part.Mask, Values(magnitudes, name)));

    private static Region Draw(Region region, ulong seed, Func<string, RegionPart, Strata> strata) => new(
        region.Parts.Select(p => KeyValuePair.Create(p.Key, p.Value with { Mask = Draw(p.Value.Mask, strata(p.Key, p.Value), SplitMix.Derive(seed, p.Key)) })));

    private static Bitmask Draw(Bitmask region, Strata strata, ulong seed)
    {
        (long[] wanted, long[] left) = Count(region, strata);
        SplitMix random = new(seed);
        Bitmask drawn = new(region.Length);
        for (long index = 0; index < region.Length; index++)
        {
            if (strata.Outside && region[index])
                continue;
            long stratum = strata.Of(index);
            if (random.Below(left[stratum]--) < wanted[stratum])
            {
                drawn.Add(index);
                wanted[stratum]--;
            }
        }

        return drawn;
    }

    // Members of the region in each stratum, and the weights that can be drawn there.
    private static (long[] Members, long[] Eligible) Count(Bitmask region, Strata strata)
    {
        long[] members = new long[strata.Count];
        long[] eligible = new long[strata.Count];
        for (long index = 0; index < region.Length; index++)
        {
            long stratum = strata.Of(index);
            if (region[index])
                members[stratum]++;
            if (!strata.Outside || !region[index])
                eligible[stratum]++;
        }

        return (members, eligible);
    }

    private static Strata ByMagnitude(Bitmask region, float[] magnitudes)
    {
        Strata fine = new(MagnitudeStrata, index => BitConverter.SingleToInt32Bits(magnitudes[index]) >> DroppedBits) { Outside = true };
        (long[] members, long[] others) = Count(region, fine);
        int[] joined = Joined(members, others);
        return fine with { Of = index => joined[fine.Of(index)] };
    }

    // The stratum that each one is taken together with: from the largest weights down, and what is left at the small end goes to those above.
    private static int[] Joined(long[] members, long[] others)
    {
        int[] joined = new int[members.Length];
        Stack<(int First, long Spare)> closed = new();
        int first = members.Length - 1;
        long spare = 0;
        for (int stratum = members.Length - 1; stratum >= 0; stratum--)
        {
            spare += others[stratum] - members[stratum];
            joined[stratum] = first;
            if (spare < 0)
                continue;
            closed.Push((first, spare));
            (first, spare) = (stratum - 1, 0);
        }

        while (spare < 0)
        {
            if (!closed.TryPop(out (int First, long Spare) above))
                throw new ArgumentException("Of a tensor that a region has more than half of, no others of its size can be drawn.", nameof(members));
            spare += above.Spare;
            for (int stratum = 0; stratum <= first; stratum++)
                joined[stratum] = above.First;
            first = above.First;
        }

        return joined;
    }

    private static float[] Values(ImportanceMap magnitudes, string name)
    {
        using torch.Tensor values = magnitudes.Read(name);
        return [.. values.data<float>()];
    }

    private sealed record Strata(long Count, Func<long, long> Of)
    {
        /// <summary>Whether only weights outside the region are drawn.</summary>
        public bool Outside { get; init; }
    }
}
