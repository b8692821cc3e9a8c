namespace Repro.Testing;

/// <summary>Where the project's own files lie.</summary>
public static class Project
{
    /// <summary>The folder of the repository, which holds fixtures and goldens: the first with its solution above the tests' own output.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The paper's published numbers.</summary>
    public static string Published { get; } = Path.Combine(Folder, "goldens", "paper");

    /// <summary>The goldens of the profile that runs anywhere.</summary>
    public static string Goldens { get; } = Path.Combine(Folder, "goldens", "tiny");

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Repro.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Repro.sln.");
    }
}
