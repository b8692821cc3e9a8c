using Repro.Engine.Files;

namespace Repro.Paper.Profiles;

/// <summary>The folder that holds fixtures and goldens: the project's own, or the copy that an installed tool brings along.</summary>
public static class ProjectFolder
{
    private const string Marker = "Repro.sln";

    private static string? Project => Upwards(Environment.CurrentDirectory) ?? Upwards(AppContext.BaseDirectory);

    private static bool IsPacked => new[] { "fixtures", "goldens" }.All(name => Directory.Exists(Path.Combine(AppContext.BaseDirectory, name)));

    /// <summary>The folder: the project's, looked for upwards from the current folder and then from the program, or else the installed tool's own.</summary>
    /// <exception cref="InputException">There is neither.</exception>
    public static string Find() => Project ?? (IsPacked ? Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) : null)
        ?? throw new InputException($"The project's folder (with {Marker}) was not found; run the command inside it.");

    /// <summary>The folder below which results that differ from their goldens are written: the project's, or else the current one, since an installed tool's is not for the user's files.</summary>
    public static string ForReceived() => Project ?? Environment.CurrentDirectory;

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
