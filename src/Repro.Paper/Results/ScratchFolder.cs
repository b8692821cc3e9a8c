using System.Globalization;

namespace Repro.Paper.Results;

/// <summary>A folder for large results that are to be kept for this run only.</summary>
internal static class ScratchFolder
{
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>The folder; it goes with the process.</summary>
    public static string Path => Made.Value;

    private static string Make()
    {
        try
        {
            string path = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"repro-{Environment.ProcessId}-")).FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(path, recursive: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"A folder for temporary files can't be made in {System.IO.Path.GetTempPath()}: {e.Message.TrimEnd('.')}", e);
        }
    }
}
