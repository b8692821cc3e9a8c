using System.Text.Json;
using Repro.Engine.Files;
using Repro.Paper.Claims;
using Repro.Paper.Profiles;
using Repro.Paper.Verification;

namespace Repro.Paper.Reporting;

/// <summary>What a verification says in plain text, and its sums per document.</summary>
public static class VerificationPages
{
    /// <summary>
    /// Writes <c>measurements.json</c> (sums per document), <c>verdicts.txt</c>, and, where measured, <c>masters.txt</c> (Tables 2 and 6),
    /// <c>forgetting.txt</c> (Figure 5) and <c>figure-02.txt</c>.
    /// </summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="result">The result the pages are about.</param>
    /// <param name="profile">The profile it was measured under.</param>
    /// <param name="paper">The paper's numbers.</param>
    public static void Write(string folder, VerificationResult result, Profile profile, IMeasuredWorld paper)
    {
        void Text(string name, string? text)
        {
            if (text is not null)
                AtomicFile.WriteText(Path.Combine(folder, name), text);
        }

        Text("measurements.json", JsonSerializer.Serialize(result.Documents, JsonSerializerOptions.Web) + "\n");
        Text("verdicts.txt", string.Join('\n', result.Verdicts.Select(VerdictText.Detailed)) + VerdictText.Controls(result));
        Text("masters.txt", MastersPage.Of(profile, paper, result.Experiments));
        Text("forgetting.txt", ForgettingPage.Of(profile, paper, result.Experiments));
        Text("figure-02.txt", result.DensityMaps.Count == 0 ? null : DensityPage.Of(result.DensityMaps));
    }
}
