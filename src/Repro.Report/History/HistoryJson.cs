using Repro.Paper.Goldens;

namespace Repro.Report.History;

/// <summary>A history for other programs; a number that is none is the string "NaN".</summary>
public static class HistoryJson
{
    /// <summary>An array of runs.</summary>
    public static string Of(IReadOnlyList<RecordedRun> runs) => GoldenFolder.ToJson(runs);

    /// <summary>An array of one claim's verdicts.</summary>
    public static string Of(IReadOnlyList<RecordedVerdict> verdicts) =>
        GoldenFolder.ToJson(verdicts.Select(v => new { run = v.Run.Id, v.Run.Recorded, v.Run.Checkpoint, v.Run.Profile, v.Run.DeviceClass, v.Verdict, v.Expected, v.Reason, v.Nearest }));

    /// <summary>The drift report as one object.</summary>
    public static string Of(DriftReport report) => GoldenFolder.ToJson(report);
}
