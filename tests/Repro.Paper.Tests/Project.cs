using Repro.Paper.Profiles;

namespace Repro.Paper.Tests;

/// <summary>Where the project's own files lie.</summary>
internal static class Project
{
    public static string Folder { get; } = ProjectFolder.Find();

    public static string Published { get; } = Path.Combine(Folder, "goldens", "paper");

    public static string Goldens { get; } = Path.Combine(Folder, "goldens", PaperProfiles.Tiny.Name);
}
