namespace Repro.Cli.Terminal;

/// <summary>A command line as one would type it.</summary>
internal static class CommandLine
{
    private const string Plain = "-_./:=,+@%";

    /// <summary>The command line that runs <c>repro</c> with arguments, quoted where a shell needs it.</summary>
    public static string Of(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quoted).Prepend("repro"));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
