using System.CommandLine;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions;
using Repro.Papers.LinguisticRegions.Audit;
using Repro.Papers.LinguisticRegions.Pages;

namespace Repro.Cli.Commands;

/// <summary><c>repro audit-paper</c>.</summary>
internal static class AuditPaperCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "audit-paper",
            "Looks for inconsistencies within the paper's own tables and text.\n\nExamples:\n  repro audit-paper\n  repro audit-paper --json")
        {
            json,
        };
        command.SetAction(result =>
        {
            IReadOnlyList<Finding> findings = PaperAudit.Run(Path.Combine(ProjectFolder.Find(), "goldens", "paper"));
            Console.Write(result.GetValue(json) ? FindingsText.Json(findings) : FindingsText.Of(findings));
            return ExitCode.Success;
        });
        return command;
    }
}
