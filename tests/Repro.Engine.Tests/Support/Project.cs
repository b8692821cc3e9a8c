namespace Repro.Engine.Tests.Support;

/// <summary>The project's own folder, which holds the fixtures.</summary>
internal static class Project
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Repro.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
