using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Repro.Paper.Json;

namespace Repro.Report.Doctor;

/// <summary>The doctor's report for people, at most 80 columns wide, and for programs.</summary>
public static class DoctorText
{
    private const int Width = 80;
    private const int Indent = 24;

    private static readonly JsonSerializerOptions Options = new(JsonForm.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The report as one JSON object.</summary>
    public static string Json(DoctorReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <summary>A line for each thing, with what mends it below.</summary>
    public static string Of(DoctorReport report)
    {
        StringBuilder text = new();
        foreach (Check check in report.Machine)
            Append(text, check);
        foreach (ProfileReadiness profile in report.Profiles)
        {
            text.Append('\n').Append(profile.CanRun ? "✓ ready    " : "✗ can't run").Append($" profile {profile.Name}\n");
            foreach (Check check in profile.Checks)
                Append(text, check);
        }

        text.Append('\n').Append(report.CanRunTiny ? "'repro verify' can run here.\n" : "'repro verify' can't run here yet; mend what is missing for the profile tiny.\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, Check check)
    {
        string mark = check.State switch { CheckState.Ok => "✓ ok", CheckState.Note => "! note", _ => "✗ missing" };
        Lines(text, $"{mark,-10} {check.Subject,-12} ", check.Detail);
        if (check.Fix is { } fix)
            Lines(text, new string(' ', Indent), $"→ {fix}");
    }

    private static void Lines(StringBuilder text, string first, string content)
    {
        string start = first;
        foreach (string line in Wrap(content, Width - Indent))
        {
            text.Append(start).Append(line).Append('\n');
            start = new string(' ', Indent);
        }
    }

    // At blanks, and a path that is longer than a line behind one of its slashes.
    private static IEnumerable<string> Wrap(string content, int width)
    {
        string rest = content;
        while (rest.Length > width)
        {
            int cut = rest.LastIndexOf(' ', width);
            cut = cut > 0 ? cut : rest.LastIndexOf('/', width - 1) + 1;
            cut = cut > 0 ? cut : width;
            yield return rest[..cut].TrimEnd();
            rest = rest[cut..].TrimStart();
        }

        yield return rest;
    }
}
