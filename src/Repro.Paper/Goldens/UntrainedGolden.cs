using Repro.Paper.Claims;

namespace Repro.Paper.Goldens;

/// <summary>The verdicts on an untrained checkpoint.</summary>
public sealed record UntrainedGolden
{
    /// <summary>File name of this golden.</summary>
    public const string Id = "control-untrained";

    /// <summary>What the verdicts were reached on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Verdicts by claim.</summary>
    public required IReadOnlyDictionary<string, VerdictKind> Claims { get; init; }

    /// <summary>Claims of an effect that the untrained model confirms as well; there must be none.</summary>
    public required IReadOnlyList<string> Confirmed { get; init; }

    internal static UntrainedGolden Of(Provenance provenance, IReadOnlyList<Verdict> verdicts) => new()
    {
        Provenance = provenance,
        Claims = verdicts.ToDictionary(v => v.Claim.Id, v => v.Kind),
        Confirmed = [.. verdicts.Where(v => v.Claim.Kind == ClaimKind.Effect && v.Kind == VerdictKind.Holds).Select(v => v.Claim.Id)],
    };
}
