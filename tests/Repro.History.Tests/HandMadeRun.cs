using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Reporting;

namespace Repro.History.Tests;

/// <summary>Results made by hand: one claim, and one table with the numbers given.</summary>
internal static class HandMadeRun
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Dictionary<string, string> Environment { get; } = new() { ["version"] = "1.2.3", ["commit"] = "0123456789abcdef", ["command"] = "repro verify" };

    public static Provenance Provenance { get; } = new()
    {
        Profile = "tiny",
        DeviceClass = "cpu F32",
        Checkpoint = "c0ffee",
        Corpus = "beef",
        Readings = new Dictionary<string, string> { ["importance"] = "Signed", ["norms"] = "WithNorms", ["perplexity"] = "PerToken", ["samples"] = "Line" },
        SampleSizes = [30, 300],
        Seed = 1234,
        TorchSharp = "0.107.0",
        Command = "repro verify --profile tiny",
    };

    /// <summary>A run in which English has these nats per token by condition.</summary>
    public static VerificationReport Report(params (string Condition, double Nats)[] numbers) => Report(VerdictKind.Holds, numbers);

    public static VerificationReport Report(VerdictKind verdict, params (string Condition, double Nats)[] numbers) =>
        new(Provenance, verdict == VerdictKind.Holds, [Verdict(verdict)], null, [Table(numbers)], null, null);

    /// <summary>Records a run of one checkpoint.</summary>
    public static void Add(this RunHistory history, VerificationReport report, DateTimeOffset moment, string name = "model-0") => history.Add([(name, report)], Environment, moment);

    /// <summary>Records runs of one checkpoint, a minute apart.</summary>
    public static RunHistory Record(string path, params IEnumerable<VerificationReport> reports)
    {
        RunHistory history = new(path);
        foreach ((int minute, VerificationReport report) in reports.Index())
            history.Add(report, Noon.AddMinutes(minute));
        return history;
    }

    private static ReportedVerdict Verdict(VerdictKind kind)
    {
        VerdictRow far = new("English", 7.5, 2, 1.5, 2.5, 1.5, VerdictKind.Holds);
        VerdictRow near = new("Arabic", null, 0.25, 0.125, 0.5, 0.125, kind);
        return new("table-14-top-3", "Table 14", "table-14", "Removing the top 3 percent destroys every language", ClaimKind.Effect, "increase", 0, null, "", new PaperOutcome(VerdictKind.Holds, 0, 1, ""), kind, VerdictKind.Holds, "a reason", 0.95, [far, near], []);
    }

    private static TableResult Table((string Condition, double Nats)[] numbers) => new()
    {
        Table = "table-14",
        Title = "",
        Provenance = Provenance,
        Tolerances = new Tolerances(),
        Conditions = numbers.ToDictionary(n => n.Condition, n => ClassOf(n.Condition)),
        Texts = new Dictionary<string, TextResult>
        {
            ["English"] = new() { Documents = 80, Tokens = 2000, UnigramNats = 5, BasePerplexity = 50, NatsPerToken = numbers.ToDictionary(n => n.Condition, n => n.Nats) },
        },
        Regions = new Dictionary<string, RegionFacts>(),
        Quantities = new Dictionary<string, QuantityResult> { ["gini"] = new(0.5, 0.4, 0.6, "share", 0.05) },
    };

    private static ToleranceClass ClassOf(string condition) => condition switch
    {
        "base" => ToleranceClass.Base,
        _ when condition.EndsWith(" documents", StringComparison.Ordinal) => ToleranceClass.Trained,
        _ => ToleranceClass.Edited,
    };
}
