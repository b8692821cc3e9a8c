using Repro.Harness.Claims;

namespace Repro.Harness.Goldens;

/// <summary>The verdicts on an untrained checkpoint.</summary>
public sealed record UntrainedGolden
{
    /// <summary>What the verdicts were reached on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Verdicts by claim.</summary>
    public required IReadOnlyDictionary<string, VerdictKind> Claims { get; init; }

    /// <summary>Claims of an effect that the untrained model confirms as well; there must be none.</summary>
    public required IReadOnlyList<string> Confirmed { get; init; }

    /// <summary>Claims that hold without training because they are about the method; they say nothing about what training has made.</summary>
    public required IReadOnlyList<string> ModelIndependent { get; init; }

    /// <summary>The part of this golden that some claims decide.</summary>
    /// <param name="claims">Ids of the claims that were decided.</param>
    public UntrainedGolden Of(IReadOnlyCollection<string> claims) => this with
    {
        Claims = Claims.Where(c => claims.Contains(c.Key)).ToDictionary(),
        Confirmed = [.. Confirmed.Where(claims.Contains)],
        ModelIndependent = [.. ModelIndependent.Where(claims.Contains)],
    };

    /// <summary>These verdicts, with a golden's for the claims that were not decided.</summary>
    /// <param name="golden">The golden.</param>
    internal UntrainedGolden Over(UntrainedGolden golden) => this with
    {
        Claims = golden.Claims.Where(c => !Claims.ContainsKey(c.Key)).Concat(Claims).ToDictionary(),
        Confirmed = [.. golden.Confirmed.Where(c => !Claims.ContainsKey(c)), .. Confirmed],
        ModelIndependent = [.. golden.ModelIndependent.Where(c => !Claims.ContainsKey(c)), .. ModelIndependent],
    };

    internal static UntrainedGolden Of(Provenance provenance, IReadOnlyList<Verdict> verdicts) => new()
    {
        Provenance = provenance,
        Claims = verdicts.ToDictionary(v => v.Claim.Id, v => v.Kind),
        Confirmed = Holding(verdicts, ClaimKind.Effect),
        ModelIndependent = Holding(verdicts, ClaimKind.ModelIndependent),
    };

    private static string[] Holding(IReadOnlyList<Verdict> verdicts, ClaimKind kind) =>
        [.. verdicts.Where(v => v.Claim.Kind == kind && v.Kind == VerdictKind.Holds).Select(v => v.Claim.Id)];
}
