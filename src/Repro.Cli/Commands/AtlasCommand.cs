using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Native;
using Repro.Harness.Measuring;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Harness.Atlases;
using Repro.Report.Atlases;
using Repro.Report.Model;

namespace Repro.Cli.Commands;

/// <summary><c>repro atlas</c>.</summary>
internal static class AtlasCommand
{
    public static Command Create()
    {
        Option<string?> checkpoint = new("--checkpoint") { Description = "Your checkpoint instead of the profile's." };
        Option<string?> output = new("--out") { Description = "Folder for index.html and atlas.json." };
        Option<bool> json = CommonOptions.Json();
        MeasureOptions measure = new(hasClaims: false);
        Command command = new(
            "atlas",
            "Maps the languages of a corpus in a checkpoint: what losing each language's region costs every language, which languages are hurt alike, which weights regions share and where they lie.\n\nExamples:\n  repro atlas --out atlas\n  repro atlas --checkpoint runs/mine --corpus texts --region-languages ru,uk,pl --out atlas")
        {
            checkpoint, output, json,
        };
        measure.AddTo(command);
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                LibTorch.EnsureLoaded();
                RunConfiguration configuration = measure.Read(result, result.GetValue(checkpoint));
                Atlas atlas = null!;
                Terminals.WithProgress("opening the checkpoint", bar => atlas = AtlasRun.Execute(
                    CheckpointNames.Of([configuration.Checkpoint]).Single(), configuration, PaperLanguages.Grouped, measure.RegionLanguages(result), new RunObserver(new RunDisplay(bar).Show), cancellation));
                if (result.GetValue(output) is { } folder)
                    AtlasFolder.Write(folder, atlas);
                Console.Write(result.GetValue(json) ? AtlasFolder.ToJson(atlas) : AtlasText.Of(atlas));
                return ExitCode.Success;
            },
            CancellationToken.None));
        return command;
    }
}
