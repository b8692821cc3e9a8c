using System.CommandLine;
using Repro.History;
using Repro.Papers.LinguisticRegions;
using Repro.Report.Doctor;

namespace Repro.Cli.Commands;

/// <summary><c>repro doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("doctor", "Says what this machine can run, what each profile still needs, and the command or setting that mends it. The exit code is 0 when 'repro verify' can run, 3 otherwise.\n\nExamples:\n  repro doctor\n  repro doctor --json") { json };
        command.SetAction(result =>
        {
            DoctorReport report = DoctorReport.Of(MachineProbe.Look(LinguisticRegionsPaper.OfProject, RunHistory.DefaultFile()));
            Console.Write(result.GetValue(json) ? DoctorText.Json(report) : DoctorText.Of(report));
            return report.CanRunTiny ? ExitCode.Success : ExitCode.Environment;
        });
        return command;
    }
}
