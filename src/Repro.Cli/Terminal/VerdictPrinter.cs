using System.Globalization;
using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Harness.Verification;
using Repro.Report.Model;

namespace Repro.Cli.Terminal;

/// <summary>Prints verdicts to standard output as they are reached, and what they come to.</summary>
/// <param name="expected">The verdict that is expected of a claim.</param>
/// <param name="json">Whether everything is printed as JSON at the end.</param>
/// <param name="detailed">Whether every row is printed.</param>
internal sealed class VerdictPrinter(Func<Claim, VerdictKind?> expected, bool json, bool detailed)
{
    public void Print(Verdict verdict)
    {
        if (!json)
            Terminals.Result(detailed ? VerdictText.Detailed(verdict) + "\n" : VerdictText.Short(verdict, expected(verdict.Claim)));
    }

    public void Finish(Results results, VerificationReport report, VerificationResult verification)
    {
        if (json)
        {
            Console.Write(ResultsFile.ToJson(results));
            return;
        }

        Console.WriteLine(VerdictText.Rule);
        Console.Write(VerdictText.Controls(verification));
        Console.WriteLine(VerdictText.Summary(verification.Verdicts));
        if (verification.Verdicts.Count(v => v.Claim.Kind == ClaimKind.Effect) is > 1 and int effects)
            Console.WriteLine(VerdictText.ByChance(effects));
        foreach ((string id, IReadOnlyList<string> differences) in report.GoldenDifferences ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (differences.Count > 0)
                Console.WriteLine($"golden {id} differs in {differences.Count} places: {differences[0]}");
        }

        if (results.Performance is { } performance)
            Terminals.Say(string.Create(CultureInfo.InvariantCulture, $"{performance.Operations / 1e12:F2} TFLOP in {performance.Seconds:F0} s: {performance.Share:P0} of this machine's float32 matrix product ({performance.ProductRate / 1e9:F0} GFLOP/s)"));
        Console.WriteLine(report switch
        {
            { AsExpected: true, GoldenDifferences: null } => "Every claim holds.",
            { AsExpected: true } => "Every verdict is the expected one, and every golden matches.",
            { GoldenDifferences: null } => "Not every claim holds on this checkpoint and corpus.",
            _ => "Verdicts or numbers differ from the goldens; 'repro goldens status' shows what was received.",
        });
    }
}
