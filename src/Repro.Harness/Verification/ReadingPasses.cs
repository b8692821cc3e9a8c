using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;

namespace Repro.Harness.Verification;

/// <summary>Decides every claim again under each reading that can change it.</summary>
internal static class ReadingPasses
{
    /// <summary>Puts verdicts under all readings side by side.</summary>
    /// <param name="own">The run under the profile's own readings.</param>
    /// <param name="passes">The other readings.</param>
    public static RobustnessGolden Compare(VerificationResult own, IReadOnlyList<DecidedPass> passes)
    {
        Dictionary<string, Dictionary<string, VerdictKind>> verdicts = own.Verdicts.ToDictionary(
            v => v.Claim.Id, v => new Dictionary<string, VerdictKind> { [RobustnessGolden.Own] = v.Kind });
        foreach (DecidedPass pass in passes)
        {
            foreach (Verdict verdict in pass.Verdicts)
                verdicts[verdict.Claim.Id][pass.Pass.Name] = verdict.Kind;
        }

        return RobustnessGolden.Of(own.Provenance, passes.ToDictionary(p => p.Pass.Name, p => p.Pass.Reading!.Meaning), own.Verdicts.Select(v => v.Claim), verdicts);
    }

    /// <summary>What each reading measures and decides.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="configuration">Checkpoint, corpora, profile, device and store of the verification.</param>
    /// <param name="claims">The claims of the verification.</param>
    public static IEnumerable<VerificationPass> Of(Paper paper, RunConfiguration configuration, IReadOnlyList<Claim> claims)
    {
        HashSet<string> wanted = [.. claims.Select(c => c.Id)];
        foreach (AlternativeReading reading in paper.Readings)
        {
            Profile profile = reading.Change(configuration.Profile);
            yield return new(
                reading.Name,
                paper,
                configuration with { Profile = profile },
                [.. paper.Tables(profile).Where(t => Concerns(reading.Of, t)).SelectMany(t => t.Claims).Where(c => wanted.Contains(c.Id))])
            {
                Reading = reading,
            };
        }
    }

    // Perplexity is read from the same sums: nothing is measured again.
    internal static bool Concerns(Reading reading, PaperTable table) => reading == Reading.Perplexity
        ? table.Repetition != Repetition.Never && table.Plan.Conditions.Count > 0
        : table.Repetition == Repetition.Always && table.Plan.Conditions.SelectMany(c => c.Readings).Concat(table.Plan.Quantities.SelectMany(q => q.Readings)).Contains(reading);
}
