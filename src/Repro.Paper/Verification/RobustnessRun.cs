using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;

namespace Repro.Paper.Verification;

/// <summary>Decides every claim again under each reading that can change it.</summary>
public static class RobustnessRun
{
    /// <summary>Runs all readings.</summary>
    /// <param name="setup">Checkpoint, corpora, profile, device and store.</param>
    /// <param name="result">The run under the profile's own readings.</param>
    /// <param name="publishedFolder">Folder of the paper's own numbers.</param>
    /// <param name="progress">Called after every measurement.</param>
    /// <param name="cancellation">Ends the run between two batches.</param>
    public static RobustnessGolden Execute(
        Setup setup, VerificationResult result, string publishedFolder, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        Dictionary<string, Dictionary<string, VerdictKind>> verdicts = result.Verdicts.ToDictionary(
            v => v.Claim.Id, v => new Dictionary<string, VerdictKind> { [RobustnessGolden.Own] = v.Kind });
        foreach (VerificationPass pass in Passes(setup, [.. result.Verdicts.Select(v => v.Claim)]))
        {
            foreach (Verdict verdict in VerificationRun.Decide(pass, publishedFolder, progress, cancellation).Verdicts)
                verdicts[verdict.Claim.Id][pass.Name] = verdict.Kind;
        }

        return RobustnessGolden.Of(result.Provenance, Readings.All.ToDictionary(r => r.Name, r => r.Meaning), result.Verdicts.Select(v => v.Claim), verdicts);
    }

    /// <summary>What each reading measures and decides.</summary>
    /// <param name="setup">Checkpoint, corpora, profile, device and store of the verification.</param>
    /// <param name="claims">The claims of the verification.</param>
    public static IEnumerable<VerificationPass> Passes(Setup setup, IReadOnlyList<Claim> claims)
    {
        HashSet<string> wanted = [.. claims.Select(c => c.Id)];
        foreach (Reading reading in Readings.All)
        {
            // The spread over random regions and seeds has been seen under the profile's own readings; fewer draws do where they must be made again.
            Profile profile = reading.Change(setup.Profile);
            if (profile.Norms != setup.Profile.Norms)
                profile = profile with { ManyDraws = profile.FewDraws };
            if (profile.Perplexity == setup.Profile.Perplexity)
                profile = profile with { TrainingDraws = 1 };
            HashSet<string> concerned = [.. PaperExperiments.All(profile).Where(reading.Concerns).Select(e => e.Id)];
            yield return new(
                reading.Name,
                setup with { Profile = profile },
                [.. PaperClaims.All(profile).Where(c => wanted.Contains(c.Id) && c.Experiments.All(concerned.Contains) && Possible(c, profile))]);
        }
    }

    // The gradient alone is no baseline where sums are of |θ · g|.
    private static bool Possible(Claim claim, Profile profile) =>
        claim.Id != CoreRegionClaims.BaselinesId || profile.Reading == Engine.Importance.ImportanceReading.Signed;
}
