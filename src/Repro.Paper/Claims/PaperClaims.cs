using Repro.Engine.Files;
using Repro.Paper.Profiles;

namespace Repro.Paper.Claims;

/// <summary>The paper's claims.</summary>
public static class PaperClaims
{
    /// <summary>All of them.</summary>
    /// <param name="profile">Gives what is trained, and for how long.</param>
    public static IReadOnlyList<Claim> All(Profile profile) =>
    [
        .. CoreRegionClaims.All(),
        .. MonolingualRegionClaims.All(),
        .. DimensionClaims.All(),
        .. StructureClaims.All(),
        .. PerturbationClaims.All(),
        .. RemoveFreezeClaims.All(profile),
        .. ForgettingClaims.All(profile),
    ];

    /// <summary>The claims of the given ids, or all where none is given.</summary>
    /// <param name="profile">Gives what is trained, and for how long.</param>
    /// <param name="ids">Claim ids, or ids of experiments, which stand for all their claims.</param>
    /// <exception cref="InputException">There is no such claim.</exception>
    public static IReadOnlyList<Claim> Select(Profile profile, IReadOnlyCollection<string> ids)
    {
        IReadOnlyList<Claim> all = All(profile);
        string? unknown = ids.FirstOrDefault(id => !all.Any(c => Matches(c, id)));
        if (unknown is not null)
            throw new InputException($"There is no claim '{unknown}'; 'repro verify --list' shows them all.");
        return ids.Count == 0 ? all : [.. all.Where(c => ids.Any(id => Matches(c, id)))];
    }

    private static bool Matches(Claim claim, string id) => claim.Id == id || claim.Experiments.Contains(id);
}
