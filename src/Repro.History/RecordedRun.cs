using System.Text.Json;
using Repro.Harness.Claims;

namespace Repro.History;

/// <summary>A run of the history.</summary>
/// <param name="Id">Its number; a later run has a higher one, whatever the clock said.</param>
/// <param name="Recorded">When it ended, by its machine's clock.</param>
/// <param name="Checkpoint">What it called the checkpoint.</param>
/// <param name="Profile">The profile's name.</param>
/// <param name="DeviceClass">Device kind and weight type.</param>
/// <param name="Subject">Hash of what it measured and how; the numbers of runs are compared where it is the same.</param>
/// <param name="AsExpected">Whether every verdict was the expected one and every golden matched.</param>
/// <param name="Verdicts">How many claims got each verdict.</param>
/// <param name="Provenance">What was measured and how, in the words of the version that recorded it.</param>
/// <param name="Environment">What it ran on, likewise.</param>
public sealed record RecordedRun(
    long Id, DateTimeOffset Recorded, string Checkpoint, string Profile, string DeviceClass, string Subject, bool AsExpected, IReadOnlyDictionary<VerdictKind, int> Verdicts,
    JsonElement Provenance, JsonElement Environment)
{
    /// <summary>The commit of the program, or null where it knew none.</summary>
    public string? Commit => Environment.ValueKind == JsonValueKind.Object && Environment.TryGetProperty("commit", out JsonElement commit) && commit.ValueKind == JsonValueKind.String ? commit.GetString() : null;
}

/// <summary>What a run said about a claim.</summary>
/// <param name="Run">The run.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Expected">The verdict that was expected, or null where none was.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Nearest">The row nearest to its bound, or null where nothing was measured.</param>
public sealed record RecordedVerdict(RecordedRun Run, VerdictKind Verdict, VerdictKind? Expected, string Reason, RecordedRow? Nearest);

/// <summary>A row of a recorded verdict.</summary>
/// <param name="Label">What the number is about.</param>
/// <param name="Value">The measured statistic, in the claim's unit.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
/// <param name="Margin">Distance from the interval to the bound; negative where it reaches across.</param>
public sealed record RecordedRow(string Label, double Value, double Low, double High, double Margin);
