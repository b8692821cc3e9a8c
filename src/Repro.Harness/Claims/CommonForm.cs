namespace Repro.Harness.Claims;

/// <summary>What several expressions have in common: their words, with those that differ listed.</summary>
internal static class CommonForm
{
    private const int MostListed = 2;

    /// <summary>The common words, or null where the expressions are of several forms.</summary>
    public static IEnumerable<string>? Of(IReadOnlyList<Statistic> statistics)
    {
        string[][] all = [.. statistics.Select(s => s.Words.ToArray())];
        if (all.Length == 0 || all.Any(words => words.Length != all[0].Length))
            return null;
        return Enumerable.Range(0, all[0].Length).Select(i => Word([.. all.Select(words => words[i]).Distinct()]));
    }

    private static string Word(string[] variants) => variants.Length switch
    {
        1 => variants[0],
        <= MostListed + 1 => $"{{{string.Join(" | ", variants)}}}",
        _ => $"{{{string.Join(" | ", variants[..MostListed])} | ... {variants.Length} in all}}",
    };
}
