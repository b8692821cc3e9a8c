using Repro.Harness.Profiles;

namespace LinguisticRegions.Claims;

/// <summary>Why a test is skipped, and what to set so that it runs; all reasons are here.</summary>
internal static class Skips
{
    /// <summary>The category of the tests that run where <c>REPRO_THOROUGH=1</c>.</summary>
    public const string ThoroughCategory = "Thorough";

    /// <summary>What a profile lacks to run, or null where it lacks nothing.</summary>
    public static string? Reason(Profile profile)
    {
        InputFolder[] missing = [.. new[] { profile.Checkpoint, profile.Corpus }.Where(folder => folder.Find(Project.Folder) is null)];
        return missing.Length == 0
            ? null
            : $"The claims on {profile.PublishedModel} run where {string.Join(" and ", missing.Select(m => $"{m.Variable} names {m.Holds}"))}; REPRO_DEVICE=cuda:0 puts them on a GPU.";
    }

    /// <summary>What to set so that the thorough tests run, or null where it is set.</summary>
    public static string? Thorough => Environment.GetEnvironmentVariable("REPRO_THOROUGH") is "1" or "true"
        ? null
        : "The further controls, other readings and the whole untrained control take half an hour on two cores; REPRO_THOROUGH=1 runs them.";
}
