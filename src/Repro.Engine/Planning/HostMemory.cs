using System.Globalization;

namespace Repro.Engine.Planning;

/// <summary>What the machine has of memory and disk.</summary>
public static class HostMemory
{
    private const double Share = 0.8;

    /// <summary>Memory a run may use where nobody says: four fifths of what is free, within the limits set on the process.</summary>
    public static long DefaultBudget()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return (long)(Share * Math.Min(limit, Available() ?? limit));
    }

    /// <summary>Bytes free on the disk that holds a folder, or will hold it.</summary>
    public static long FreeDisk(string folder)
    {
        string path = Path.GetFullPath(folder);
        while (!Directory.Exists(path))
            path = Path.GetDirectoryName(path)!;
        return new DriveInfo(path).AvailableFreeSpace;
    }

    /// <summary>The most memory this process has had resident so far, in bytes, or null where the system does not say.</summary>
    public static long? Peak() => Read("/proc/self/status", "VmHWM:");

    private static long? Available() => Read("/proc/meminfo", "MemAvailable:");

    private static long? Read(string file, string entry)
    {
        if (!File.Exists(file))
            return null;
        string? line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(entry, StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.AsSpan(entry.Length, line.Length - entry.Length - " kB".Length).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
