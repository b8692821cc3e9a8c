using Repro.Engine.Files;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Profiles;

namespace Repro.Harness.Papers;

/// <summary>A paper as data: its tables with their claims, the scales at which they are measured, and what it leaves open.</summary>
public abstract class Paper
{
    /// <summary>Short name.</summary>
    public abstract string Name { get; }

    /// <summary>The scales that come with the project; the first is the default.</summary>
    public abstract IReadOnlyList<Profile> Profiles { get; }

    /// <summary>The readings beside a profile's own.</summary>
    public abstract IReadOnlyList<AlternativeReading> Readings { get; }

    /// <summary>Its tables and figures, in the order they are measured, on the texts that the profile has.</summary>
    /// <param name="profile">Gives texts, draws, readings and the scale of training.</param>
    public IReadOnlyList<PaperTable> Tables(Profile profile) => [.. WholeTables(profile).Select(t => t.Within(profile))];

    /// <summary>Figures that show several tables together.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="tables">The tables that were measured.</param>
    public virtual IEnumerable<FigurePlan> JointFigures(Profile profile, IReadOnlyList<PaperTable> tables) => [];

    /// <summary>All claims, table by table; behind those of a table that the profile's texts leave nothing of.</summary>
    public IReadOnlyList<Claim> Claims(Profile profile) => [.. Tables(profile).SelectMany(t => t.Claims.Concat(t.Undecidable))];

    /// <summary>The profile of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public Profile Profile(string name) => Profiles.FirstOrDefault(p => p.Name == name)
        ?? throw new InputException($"There is no profile '{name}'; the profiles are: {string.Join(", ", Profiles.Select(p => p.Name))}.");

    /// <summary>The claims of the given ids; where none is given, those of a verification of everything.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="ids">Claim ids, or ids of tables, which stand for all their claims.</param>
    /// <param name="thorough">Whether everything includes the thorough tables.</param>
    /// <exception cref="InputException">There is no such claim.</exception>
    public IReadOnlyList<Claim> Select(Profile profile, IReadOnlyCollection<string> ids, bool thorough = false)
    {
        if (ids.Count == 0)
            return [.. Tables(profile).Where(t => thorough || !t.IsThorough).SelectMany(t => t.Claims.Concat(t.Undecidable))];

        IReadOnlyList<Claim> all = Claims(profile);
        string? unknown = ids.FirstOrDefault(id => !all.Any(c => Matches(c, id)));
        if (unknown is not null)
            throw new InputException($"There is no claim '{unknown}'; 'repro verify --list' shows them all.");
        return [.. all.Where(c => ids.Any(id => Matches(c, id)))];
    }

    /// <summary>Its tables on all of its texts.</summary>
    /// <param name="profile">Gives draws, readings and the scale of training.</param>
    protected abstract IReadOnlyList<PaperTable> WholeTables(Profile profile);

    private static bool Matches(Claim claim, string id) => claim.Id == id || claim.TableId == id;
}
