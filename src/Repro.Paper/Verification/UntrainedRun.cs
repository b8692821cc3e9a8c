using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;

namespace Repro.Paper.Verification;

/// <summary>
/// The negative control: the same pipeline on the same shape with random weights. A claim that it confirms as well says nothing about what training
/// has made.
/// </summary>
/// <remarks>Claims are decided without the explosion gate here: it asks for a good base perplexity and would hide what the numbers say.</remarks>
public static class UntrainedRun
{
    private static readonly string[] Experiments = ["table-01", "table-05", "table-11", "table-03", "table-04", "figure-03", "figure-02"];

    /// <summary>What the control measures and decides.</summary>
    /// <param name="setup">Checkpoint, corpora, profile, device and store of the verification.</param>
    public static VerificationPass Pass(Setup setup)
    {
        Profile profile = setup.Profile with { ManyDraws = setup.Profile.FewDraws };
        return new("untrained", setup with { Profile = profile, Untrained = true }, [.. PaperClaims.Select(profile, Experiments).Select(c => c with { Gate = [] })]);
    }

    /// <summary>Decides the claims that remove or change weights.</summary>
    /// <param name="setup">Checkpoint, corpora, profile, device and store.</param>
    /// <param name="publishedFolder">Folder of the paper's own numbers.</param>
    /// <param name="progress">Called after every measurement.</param>
    /// <param name="cancellation">Ends the run between two batches.</param>
    public static UntrainedGolden Execute(Setup setup, string publishedFolder, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        DecidedRun run = VerificationRun.Decide(Pass(setup), publishedFolder, progress, cancellation);
        return UntrainedGolden.Of(run.Provenance, run.Verdicts);
    }
}
