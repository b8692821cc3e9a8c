namespace Repro.Engine.Tests.Support;

/// <summary>A fresh folder that goes with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("repro-test-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public string[] FileNames => [.. Directory.EnumerateFileSystemEntries(Root).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
