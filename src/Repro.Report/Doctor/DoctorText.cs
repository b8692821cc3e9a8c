using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Repro.Harness.Json;
using Repro.Terminal;

namespace Repro.Report.Doctor;

/// <summary>The doctor's report for people, at most 80 columns wide, and for programs.</summary>
public static class DoctorText
{
    private const int MarkWidth = 9;
    private const int SubjectWidth = 12;

    private static readonly JsonSerializerOptions Options = new(JsonForm.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The report as one JSON object.</summary>
    public static string Json(DoctorReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <summary>A line for each thing, with what mends it below.</summary>
    public static string Of(DoctorReport report)
    {
        StringBuilder text = new(Table(report.Machine));
        foreach (ProfileReadiness profile in report.Profiles)
        {
            text.Append('\n').Append(profile.CanRun ? "✓ ready    " : "✗ can't run").Append($" profile {profile.Name}\n");
            text.Append(Table(profile.Checks));
        }

        text.Append('\n').Append(report.CanRunTiny ? "'repro verify' can run here.\n" : "'repro verify' can't run here yet; mend what is missing for the profile tiny.\n");
        return text.ToString();
    }

    private static string Table(IReadOnlyList<Check> checks)
    {
        TerminalTable table = new(Column.Word("", MarkWidth), Column.Word("", SubjectWidth), Column.Text(""));
        foreach (Check check in checks)
        {
            string mark = check.State switch { CheckState.Ok => "✓ ok", CheckState.Note => "! note", _ => "✗ missing" };
            table.Add(mark, check.Subject, check.Fix is { } fix ? $"{check.Detail}\n→ {fix}" : check.Detail);
        }

        return checks.Count == 0 ? "" : table.ToString();
    }
}
