using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;

namespace Repro.Harness.Verification;

/// <summary>
/// The negative control: the same pipeline on the same shape with random weights. A claim that it confirms as well says nothing about what training
/// has made.
/// </summary>
/// <remarks>On half of the test documents: without training a removal moves perplexity by hundredths of a nat, alike in all documents. Claims are decided without the explosion gate here: it asks for a good base perplexity and would hide what the numbers say.</remarks>
internal static class UntrainedPass
{
    /// <summary>What the control measures and decides.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="configuration">Checkpoint, corpora, profile, device and store of the verification.</param>
    /// <param name="thorough">Whether all tables of the control are verified, or those that always are.</param>
    public static VerificationPass Of(Paper paper, RunConfiguration configuration, bool thorough)
    {
        IEnumerable<PaperTable> tables = paper.Tables(configuration.Profile).Where(t => t.Untrained == UntrainedControl.Always || (thorough && t.Untrained == UntrainedControl.Thorough));
        Profile profile = configuration.Profile;
        RunConfiguration half = configuration with { Weights = MeasuredWeights.Random, Profile = profile with { TestDocuments = (profile.TestDocuments + 1) / 2 } };
        return new("untrained", paper, half, [.. tables.SelectMany(t => t.Claims).Select(c => c with { Gate = [] })]);
    }
}
