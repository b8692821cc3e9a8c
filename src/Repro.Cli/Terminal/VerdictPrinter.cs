using Repro.Paper.Claims;
using Repro.Paper.Goldens;
using Repro.Paper.Reporting;
using Repro.Paper.Verification;
using Repro.Report.Model;

namespace Repro.Cli.Terminal;

/// <summary>Prints verdicts to standard output as they are reached, and what they come to.</summary>
internal sealed class VerdictPrinter(GoldenFolder? goldens, bool json, bool detailed)
{
    private readonly ClaimsGolden? expected = goldens?.Read<ClaimsGolden>(ClaimsGolden.Id);

    public void Print(Verdict verdict)
    {
        if (!json)
            Terminals.Result(detailed ? VerdictText.Detailed(verdict) + "\n" : VerdictText.Short(verdict, VerificationReport.ExpectedOf(verdict, goldens is not null, expected)));
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
        foreach ((string id, IReadOnlyList<string> differences) in report.GoldenDifferences ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (differences.Count > 0)
                Console.WriteLine($"golden {id} differs in {differences.Count} places: {differences[0]}");
        }

        Console.WriteLine(report switch
        {
            { AsExpected: true, GoldenDifferences: null } => "Every claim holds.",
            { AsExpected: true } => "Every verdict is the expected one, and every golden matches.",
            { GoldenDifferences: null } => "Not every claim holds on this checkpoint and corpus.",
            _ => "Verdicts or numbers differ from the goldens; 'repro goldens status' shows what was received.",
        });
    }
}
