using System.Globalization;

namespace Repro.Harness.Store;

/// <summary>A folder for large results that are to be kept for this run only.</summary>
public static class ScratchFolder
{
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>The folder; it goes with the process.</summary>
    public static string Path => Made.Value;

    /// <summary>Removes the folder, if there is one; for a process that ends at once.</summary>
    public static void Remove()
    {
        if (!Made.IsValueCreated)
            return;
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A thread that still measures has written to it.
        }
    }

    private static string Make()
    {
        try
        {
            string path = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"repro-{Environment.ProcessId}-")).FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"A folder for temporary files can't be made in {System.IO.Path.GetTempPath()}: {e.Message.TrimEnd('.')}", e);
        }
    }
}
