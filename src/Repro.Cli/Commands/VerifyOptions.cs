using System.CommandLine;
using Repro.Engine.Files;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Verification;

namespace Repro.Cli.Commands;

/// <summary>What a verification is asked to do.</summary>
/// <param name="Setup">Checkpoint, corpora, profile, device and store.</param>
/// <param name="Claims">The claims to decide.</param>
/// <param name="WithControls">Whether the untrained checkpoint and the other readings are part of it.</param>
internal sealed record VerifyRequest(Setup Setup, IReadOnlyList<Claim> Claims, bool WithControls)
{
    /// <summary>What to call the checkpoint: its folder's name.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Setup.Checkpoint)));

    /// <summary>Cuts it into stages of tasks.</summary>
    public StagedWork Stages(int tasksPerStage) => StagedWork.Of(Setup, Claims, WithControls, tasksPerStage);
}

/// <summary>The options that say what is verified.</summary>
internal sealed class VerifyOptions
{
    private readonly Option<string?> checkpoint = new("--checkpoint") { Description = "Your checkpoint instead of the profile's." };
    private readonly Option<bool> noControls = new("--no-controls") { Description = "Leave out the untrained checkpoint and the other readings of the paper." };
    private readonly MeasureOptions measure = new();

    public void AddTo(Command command)
    {
        command.Add(checkpoint);
        measure.AddTo(command);
        command.Add(noControls);
    }

    /// <inheritdoc cref="MeasureOptions.Claims"/>
    public IReadOnlyList<Claim> Claims(ParseResult result) => measure.Claims(result);

    /// <summary>Everything.</summary>
    /// <exception cref="InputException">Something given can't be used.</exception>
    public VerifyRequest Read(ParseResult result) =>
        new(measure.Read(result, result.GetValue(checkpoint)), measure.Claims(result), measure.AreAllClaims(result) && !result.GetValue(noControls));
}
