using Repro.Engine.Seeds;

namespace Repro.Harness.Atlases;

/// <summary>Whether languages of one group are nearer to each other than to others.</summary>
/// <param name="Grouping">What groups are, for example <c>family</c>.</param>
/// <param name="Within">Mean distance of two languages of one group.</param>
/// <param name="Between">Mean distance of two languages of different groups.</param>
/// <param name="ByChance">Share of the orders of the labels, drawn at random, that give as large a difference (a permutation test's p).</param>
public sealed record GroupDistance(string Grouping, double Within, double Between, double ByChance)
{
    private const int Orders = 9_999;

    /// <summary>The comparison, or null where no two languages share a group or all do.</summary>
    /// <param name="grouping">What groups are.</param>
    /// <param name="labels">Each language's group; languages without one are left out.</param>
    /// <param name="distances">The distance of every two languages.</param>
    /// <param name="seed">Seed of the orders.</param>
    public static GroupDistance? Of(string grouping, IReadOnlyList<string?> labels, double[,] distances, ulong seed)
    {
        int[] known = [.. Enumerable.Range(0, labels.Count).Where(i => labels[i] is not null)];
        string[] groups = [.. known.Select(i => labels[i]!)];
        if (groups.Distinct().Count() is var count && (count < 2 || count == groups.Length))
            return null;
        (double within, double between) = Means(groups, known, distances);
        SplitMix random = new(seed);
        int asLarge = 0;
        for (int order = 0; order < Orders; order++)
        {
            random.Shuffle<string>(groups);
            (double shuffledWithin, double shuffledBetween) = Means(groups, known, distances);
            if (shuffledBetween - shuffledWithin >= between - within)
                asLarge++;
        }

        return new GroupDistance(grouping, within, between, (asLarge + 1) / (Orders + 1.0));
    }

    private static (double Within, double Between) Means(string[] groups, int[] known, double[,] distances)
    {
        (double within, int pairsWithin, double between, int pairsBetween) = (0, 0, 0, 0);
        for (int i = 0; i < groups.Length; i++)
        {
            for (int j = i + 1; j < groups.Length; j++)
            {
                if (groups[i] == groups[j])
                    (within, pairsWithin) = (within + distances[known[i], known[j]], pairsWithin + 1);
                else
                    (between, pairsBetween) = (between + distances[known[i], known[j]], pairsBetween + 1);
            }
        }

        return (within / pairsWithin, between / pairsBetween);
    }
}
