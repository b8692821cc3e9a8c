using Repro.Harness.Claims;

namespace Repro.Harness.Goldens;

/// <summary>Every claim's verdict under every reading that can change it.</summary>
public sealed record RobustnessGolden
{
    /// <summary>The profile's own readings.</summary>
    public const string Own = "own";

    /// <summary>What the verdicts were reached on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What each reading means.</summary>
    public required IReadOnlyDictionary<string, string> Readings { get; init; }

    /// <summary>Verdicts by claim and reading.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, VerdictKind>> Claims { get; init; }

    /// <summary>One sentence for every claim whose verdict depends on a reading.</summary>
    public required IReadOnlyList<string> Dependent { get; init; }

    internal static RobustnessGolden Of(
        Provenance provenance,
        IReadOnlyDictionary<string, string> readings,
        IEnumerable<Claim> claims,
        IReadOnlyDictionary<string, Dictionary<string, VerdictKind>> verdicts) => new()
        {
            Provenance = provenance,
            Readings = readings,
            Claims = verdicts.ToDictionary(v => v.Key, v => (IReadOnlyDictionary<string, VerdictKind>)v.Value),
            Dependent = [.. claims.Where(c => verdicts[c.Id].Values.Distinct().Count() > 1).Select(c => Sentence(c, verdicts[c.Id]))],
        };

    private static string Sentence(Claim claim, Dictionary<string, VerdictKind> verdicts)
    {
        IEnumerable<string> others = verdicts.Where(v => v.Value != verdicts[Own]).Select(v => $"{v.Value} under {v.Key}");
        return $"{claim.Id}: {verdicts[Own]} under the profile's own readings, {string.Join(", ", others)}.";
    }
}
