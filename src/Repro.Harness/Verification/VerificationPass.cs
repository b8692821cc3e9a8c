using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;

namespace Repro.Harness.Verification;

/// <summary>One of the runs that a verification is made of: the profile's own, the untrained control, or another reading.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Paper">The paper.</param>
/// <param name="Configuration">What is measured.</param>
/// <param name="Claims">What is decided.</param>
public sealed record VerificationPass(string Name, Paper Paper, RunConfiguration Configuration, IReadOnlyList<Claim> Claims)
{
    /// <summary>The other reading, where it is one.</summary>
    public AlternativeReading? Reading { get; init; }

    /// <summary>The tables that its claims need.</summary>
    public IReadOnlyList<PaperTable> Tables => [.. Paper.Tables(Configuration.Profile).Where(t => Claims.Any(c => c.TableId == t.Id))];

    /// <summary>The passes of a verification; the own run comes first.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="configuration">Checkpoint, corpora, profile, device and store.</param>
    /// <param name="claims">The claims to decide.</param>
    /// <param name="depth">What is verified beside them.</param>
    public static IReadOnlyList<VerificationPass> Of(Paper paper, RunConfiguration configuration, IReadOnlyList<Claim> claims, VerificationDepth depth)
    {
        VerificationPass own = new("own", paper, configuration, claims);
        return depth switch
        {
            VerificationDepth.ClaimsOnly => [own],
            VerificationDepth.WithControl => [own, UntrainedPass.Of(paper, configuration, thorough: false)],
            _ => [own, UntrainedPass.Of(paper, configuration, thorough: true), .. ReadingPasses.Of(paper, configuration, claims)],
        };
    }
}
