namespace Repro.Engine.Evaluation;

/// <summary>Spearman's rank correlation; equal values share their mean rank.</summary>
public static class RankCorrelation
{
    /// <summary>Correlation of two sequences of the same length.</summary>
    /// <returns>−1 to 1; NaN where one sequence is constant.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Count != b.Count)
            throw new ArgumentException($"{a.Count} values can't be correlated with {b.Count}.", nameof(b));
        double[] ranksA = Ranks(a);
        double[] ranksB = Ranks(b);
        double mean = (a.Count + 1) / 2.0;
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < ranksA.Length; i++)
        {
            product += (ranksA[i] - mean) * (ranksB[i] - mean);
            squareA += (ranksA[i] - mean) * (ranksA[i] - mean);
            squareB += (ranksB[i] - mean) * (ranksB[i] - mean);
        }

        return product / Math.Sqrt(squareA * squareB);
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] ranks = new double[values.Count];
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
                end++;
            for (int i = start; i < end; i++)
                ranks[order[i]] = (start + 1 + end) / 2.0;
            start = end;
        }

        return ranks;
    }
}
