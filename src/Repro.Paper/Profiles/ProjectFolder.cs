using Repro.Engine.Storage;

namespace Repro.Paper.Profiles;

/// <summary>The project's own folder, which holds fixtures and goldens.</summary>
public static class ProjectFolder
{
    private const string Marker = "Repro.sln";

    /// <summary>The folder, looked for upwards from the current folder and then from the program.</summary>
    /// <exception cref="InputException">Neither lies in the project.</exception>
    public static string Find() =>
        Upwards(Environment.CurrentDirectory) ?? Upwards(AppContext.BaseDirectory)
        ?? throw new InputException($"The project's folder (with {Marker}) was not found; run the command inside it.");

    private static string? Upwards(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
                return folder.FullName;
        }

        return null;
    }
}
