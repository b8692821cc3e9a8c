using System.Text.Json;
using Repro.Engine.Files;
using Repro.Harness.Verification;

namespace Repro.Harness.Reporting;

/// <summary>What a verification says in plain text, and its sums per document.</summary>
public static class VerificationPages
{
    /// <summary>Writes <c>measurements.json</c> (sums per document), <c>verdicts.txt</c>, and the paper's own pages on what was measured.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="result">The result the pages are about.</param>
    /// <param name="pages">The paper's own pages, by file name.</param>
    public static void Write(string folder, VerificationResult result, IEnumerable<(string Name, string Text)> pages)
    {
        void Text(string name, string text) => AtomicFile.WriteText(Path.Combine(folder, name), text);

        Text("measurements.json", JsonSerializer.Serialize(result.Documents, JsonSerializerOptions.Web) + "\n");
        Text("verdicts.txt", string.Join('\n', result.Verdicts.Select(VerdictText.Detailed)) + VerdictText.Controls(result));
        foreach ((string name, string text) in pages)
            Text(name, text);
    }
}
