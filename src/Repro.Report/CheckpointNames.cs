using Repro.Engine.Files;

namespace Repro.Report;

/// <summary>Names for checkpoints in tables: as few of the last folders of their paths as tell them apart.</summary>
public static class CheckpointNames
{
    /// <summary>A name for each folder.</summary>
    /// <param name="folders">The checkpoints' folders.</param>
    /// <exception cref="InputException">A folder is given twice.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> folders)
    {
        string[][] paths = [.. folders.Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(f)).Split('/', StringSplitOptions.RemoveEmptyEntries))];
        if (folders.Where((_, i) => paths.Take(i).Any(p => p.SequenceEqual(paths[i]))).FirstOrDefault() is { } twice)
            throw new InputException($"The checkpoint {twice} is given twice; name each once.");
        int depth = 1;
        while (paths.Select(p => Name(p, depth)).Distinct().Count() < paths.Length)
            depth++;
        return [.. paths.Select(p => Name(p, depth))];
    }

    private static string Name(string[] path, int depth) => path.Length == 0 ? "/" : string.Join('/', path.TakeLast(depth));
}
