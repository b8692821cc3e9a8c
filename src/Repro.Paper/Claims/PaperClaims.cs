using Repro.Engine.Storage;

namespace Repro.Paper.Claims;

/// <summary>The paper's claims.</summary>
public static class PaperClaims
{
    /// <summary>All of them, in the paper's order of sections.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. CoreRegionClaims.All(), .. MonolingualRegionClaims.All()];

    /// <summary>The claims of the given ids, or all where none is given.</summary>
    /// <param name="ids">Claim ids, or ids of experiments, which stand for all their claims.</param>
    /// <exception cref="InputException">There is no such claim.</exception>
    public static IReadOnlyList<Claim> Select(IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0)
            return All;
        string? unknown = ids.FirstOrDefault(id => !All.Any(c => Matches(c, id)));
        return unknown is null
            ? [.. All.Where(c => ids.Any(id => Matches(c, id)))]
            : throw new InputException($"There is no claim '{unknown}'; 'repro verify --list' shows them all.");
    }

    private static bool Matches(Claim claim, string id) => claim.Id == id || claim.Experiments.Contains(id);
}
