using System.CommandLine;
using Repro.Report;
using Repro.Report.Model;

namespace Repro.Cli.Commands;

/// <summary><c>repro report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Option<string> from = new("--from") { Description = "The results.json of a verification or an audit.", Required = true };
        Option<string> output = new("--out") { Description = "Folder for index.html, report.md and results.json.", Required = true };
        Command command = new(
            "report",
            "Writes the report of results that are there already, without measuring anything.\n\nExamples:\n  repro report --from results/results.json --out pages\n  repro report --from audit/results.json --out audit")
        {
            from, output,
        };
        Command schema = new("schema", "Prints the JSON Schema of results.json, for programs that read it.\n\nExamples:\n  repro report schema\n  repro report schema --quiet > results.schema.json");
        schema.SetAction(_ =>
        {
            Console.Write(ResultsFile.Schema());
            return ExitCode.Success;
        });
        command.Add(schema);
        command.SetAction(result =>
        {
            string folder = result.GetRequiredValue(output);
            ReportFolder.Write(folder, ResultsFile.Read(result.GetRequiredValue(from)));
            Console.WriteLine(Path.Combine(folder, ReportFolder.PageName));
            return ExitCode.Success;
        });
        return command;
    }
}
