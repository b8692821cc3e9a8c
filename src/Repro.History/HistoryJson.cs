using System.Text.Json;
using System.Text.Json.Serialization;
using Repro.Harness.Json;

namespace Repro.History;

/// <summary>A history for other programs; a number that is none is the string "NaN".</summary>
public static class HistoryJson
{
    private static readonly JsonSerializerOptions Options = new(JsonForm.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>An array of runs.</summary>
    public static string Of(IReadOnlyList<RecordedRun> runs) => Of<object>(runs);

    /// <summary>An array of one claim's verdicts.</summary>
    public static string Of(IReadOnlyList<RecordedVerdict> verdicts) =>
        Of<object>(verdicts.Select(v => new { run = v.Run.Id, v.Run.Recorded, v.Run.Checkpoint, v.Run.Profile, v.Run.DeviceClass, v.Verdict, v.Expected, v.Reason, v.Nearest }));

    /// <summary>The drift report as one object.</summary>
    public static string Of(DriftReport report) => Of<object>(report);

    /// <summary>What a run is kept with.</summary>
    internal static string Of<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";
}
