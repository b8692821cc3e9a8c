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

    /// <summary>Claims that hold without training because they are about the method; they say nothing about what training has made.</summary>
    public required IReadOnlyList<string> OfTheMethod { get; init; }

    internal static UntrainedGolden Of(Provenance provenance, IReadOnlyList<Verdict> verdicts) => new()
    {
        Provenance = provenance,
        Claims = verdicts.ToDictionary(v => v.Claim.Id, v => v.Kind),
        Confirmed = Holding(verdicts, ClaimKind.Effect),
        OfTheMethod = Holding(verdicts, ClaimKind.OfTheMethod),
    };

    private static string[] Holding(IReadOnlyList<Verdict> verdicts, ClaimKind kind) =>
        [.. verdicts.Where(v => v.Claim.Kind == kind && v.Kind == VerdictKind.Holds).Select(v => v.Claim.Id)];
}
