using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Planning;
using Repro.Engine.Text;
using Repro.Paper.Profiles;
using Repro.Paper.Verification;

namespace Repro.Report.Doctor;

/// <summary>Looks at what a profile would read, and whether its model fits into this machine.</summary>
internal static class ProfileProbe
{
    private const int DocumentTokens = 256;

    /// <summary>What is found.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="project">The project's folder.</param>
    /// <param name="torch">libtorch, without which no plan can be made.</param>
    /// <param name="cache">Where sums would be kept.</param>
    public static ProfileFacts Look(Profile profile, string project, TorchFacts torch, string cache)
    {
        LlamaConfig? config = KnownShapes.Names.Contains(profile.Name) ? KnownShapes.Read(profile.Name) : null;
        InputFacts checkpoint = Input(profile.Checkpoint, project, folder => config = torch.Problem is null ? Checkpoint.Check(folder) : Checkpoint.ReadConfig(folder));
        (string? memory, string? training) = config is null || torch.Problem is not null ? (null, null) : Fit(profile, config, torch, cache);
        return new ProfileFacts(
            profile.Name,
            checkpoint,
            Input(profile.Corpus, project, ReadTexts),
            Input(profile.FurtherCorpus, project, ReadTexts),
            memory,
            training,
            config is null ? 0 : VerificationCost.Of(profile, config, DocumentTokens, blocksTwice: false).WithControls.SumsOnDisk);
    }

    private static (string? Memory, string? Training) Fit(Profile profile, LlamaConfig config, TorchFacts torch, string cache)
    {
        MachinePlan? machine = null;
        string? memory = Problem(() =>
        {
            machine = new MachinePlan(Devices.Parse(torch.Devices > 0 ? "cuda:all" : "cpu"), null, cache);
            machine.ForImportance(config, config.WeightType, (long)profile.MicroBatch * Math.Min(profile.MaxTokens, config.MaxPositions));
        });
        return (memory, machine is null ? null : Problem(() => machine.CheckTraining(config)));
    }

    private static InputFacts Input(InputFolder folder, string project, Action<string> use)
    {
        string? path = folder.Find(project);
        string whatToDo = folder.Variable is null ? $"restore {folder.InProject} from the repository, or name another folder with {folder.Option}" : folder.WhatToSet;
        return new InputFacts(path, path is null ? $"{folder.Holds} is not named" : Problem(() => use(path)), whatToDo);
    }

    private static void ReadTexts(string folder)
    {
        _ = Corpus.Open(folder);
        foreach (string file in Directory.EnumerateFiles(folder, "*.txt", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = false }))
            File.OpenRead(file).Dispose();
    }

    private static string? Problem(Action use)
    {
        try
        {
            use();
            return null;
        }
        catch (Exception e) when (e is InputException or NativeLoadException or TypeInitializationException or DllNotFoundException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.Message.ReplaceLineEndings(" ").TrimEnd('.');
        }
    }
}
