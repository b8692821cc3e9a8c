namespace Repro.Cli.Completion;

/// <summary>What a shell runs when the Tab key is pressed: it asks <c>repro</c> itself, and offers files where that has nothing to say.</summary>
internal static class CompletionScript
{
    /// <summary>The shells there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    /// <summary>The script of a shell.</summary>
    public static string Of(string shell)
    {
        using Stream stream = typeof(CompletionScript).Assembly.GetManifestResourceStream($"repro.{shell}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
