namespace Repro.Harness.Atlases;

/// <summary>A leaf, or two subtrees that are joined at a distance.</summary>
/// <param name="Code">The language of a leaf; null for a join.</param>
/// <param name="Distance">Mean distance between the languages of the two subtrees; 0 for a leaf.</param>
/// <param name="First">The subtree with the smaller distance of its own.</param>
/// <param name="Second">The other.</param>
public sealed record LanguageTree(string? Code, double Distance, LanguageTree? First, LanguageTree? Second)
{
    /// <summary>The languages, from the first leaf to the last.</summary>
    public IEnumerable<string> Leaves() => Code is { } code ? [code] : First!.Leaves().Concat(Second!.Leaves());

    /// <summary>Joins the two nearest again and again, by the mean distance between their languages (average linkage; Sokal and Michener, 1958).</summary>
    /// <param name="codes">The languages.</param>
    /// <param name="distances">The distance of every two of them.</param>
    /// <exception cref="ArgumentException">There is no language.</exception>
    public static LanguageTree Of(IReadOnlyList<string> codes, double[,] distances)
    {
        if (codes.Count == 0)
            throw new ArgumentException("A tree needs a language.", nameof(codes));
        List<(LanguageTree Tree, int[] Members)> clusters = [.. codes.Select((code, i) => (new LanguageTree(code, 0, null, null), new[] { i }))];
        while (clusters.Count > 1)
        {
            (int first, int second, double distance) = Nearest(clusters, distances);
            (LanguageTree one, LanguageTree other) = (clusters[first].Tree, clusters[second].Tree);
            LanguageTree joined = one.Distance <= other.Distance ? new(null, distance, one, other) : new(null, distance, other, one);
            int[] members = [.. clusters[first].Members, .. clusters[second].Members];
            clusters.RemoveAt(second);
            clusters[first] = (joined, members);
        }

        return clusters[0].Tree;
    }

    /// <summary>How differently two languages are hurt: 1 less the cosine of what each region adds to them, 0 for alike and 1 for nothing in common.</summary>
    /// <param name="first">What each region adds to one, nats per token; less than nothing counts as nothing.</param>
    /// <param name="second">The same of the other.</param>
    public static double DistanceOf(double[] first, double[] second)
    {
        double[] one = [.. first.Select(v => Math.Max(0, v))];
        double[] other = [.. second.Select(v => Math.Max(0, v))];
        return one.Max() == 0 || other.Max() == 0 ? 1 : Math.Max(0, MathNet.Numerics.Distance.Cosine(one, other));
    }

    // Of equal ones the first in the order of the languages.
    private static (int First, int Second, double Distance) Nearest(List<(LanguageTree Tree, int[] Members)> clusters, double[,] distances)
    {
        (int First, int Second, double Distance) best = (0, 1, double.PositiveInfinity);
        for (int i = 0; i < clusters.Count; i++)
        {
            for (int j = i + 1; j < clusters.Count; j++)
            {
                double mean = clusters[i].Members.SelectMany(a => clusters[j].Members.Select(b => distances[a, b])).Average();
                if (mean < best.Distance)
                    best = (i, j, mean);
            }
        }

        return best;
    }
}
