using Repro.Paper.Profiles;

namespace Repro.Paper.Tests;

/// <summary>Why a test is skipped, and what to set so that it runs; all reasons are here.</summary>
internal static class Skips
{
    /// <summary>What a profile lacks to run, or null where it lacks nothing.</summary>
    public static string? Reason(Profile profile)
    {
        InputFolder[] missing = [.. new[] { profile.Checkpoint, profile.Corpus }.Where(folder => folder.Find(Project.Folder) is null)];
        return missing.Length == 0
            ? null
            : $"The claims on {profile.PublishedModel} run where {string.Join(" and ", missing.Select(m => $"{m.Variable} names {m.Holds}"))}; REPRO_DEVICE=cuda:0 puts them on a GPU.";
    }
}
