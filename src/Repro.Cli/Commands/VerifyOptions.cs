using System.CommandLine;
using Repro.Engine.Files;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions;

namespace Repro.Cli.Commands;

/// <summary>What a verification is asked to do.</summary>
/// <param name="Configuration">Checkpoint, corpora, profile, device and store.</param>
/// <param name="Claims">The claims to decide.</param>
/// <param name="Depth">What is verified beside them.</param>
internal sealed record VerifyRequest(RunConfiguration Configuration, IReadOnlyList<Claim> Claims, VerificationDepth Depth)
{
    /// <summary>What to call the checkpoint: its folder's name.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Configuration.Checkpoint)));

    /// <summary>Cuts it into stages of tasks.</summary>
    public StagedWork Stages(int tasksPerStage) => StagedWork.Of(LinguisticRegionsPaper.OfProject, Configuration, Claims, Depth, tasksPerStage);
}

/// <summary>The options that say what is verified.</summary>
internal sealed class VerifyOptions
{
    private readonly Option<string?> checkpoint = new("--checkpoint") { Description = "Your checkpoint instead of the profile's." };
    private readonly Option<bool> thorough = new("--thorough") { Description = "Also decide the further controls, every claim under the other readings of the paper, and the whole untrained control." };
    private readonly MeasureOptions measure = new();

    public void AddTo(Command command)
    {
        command.Add(checkpoint);
        measure.AddTo(command);
        command.Add(thorough);
    }

    /// <summary>The claims that are named, or all there are.</summary>
    public IReadOnlyList<Claim> Listed(ParseResult result) => measure.Claims(result, thorough: true);

    /// <summary>Everything.</summary>
    /// <exception cref="InputException">Something given can't be used.</exception>
    public VerifyRequest Read(ParseResult result)
    {
        RunConfiguration configuration = measure.ReadAvailable(result, result.GetValue(checkpoint));
        return new VerifyRequest(configuration, measure.Claims(result, configuration.Profile, result.GetValue(thorough)), Depth(result));
    }

    private VerificationDepth Depth(ParseResult result) =>
        result.GetValue(thorough) ? VerificationDepth.Thorough : measure.AreAllClaims(result) ? VerificationDepth.WithControl : VerificationDepth.ClaimsOnly;
}
