using System.Globalization;
using Repro.Harness.Goldens;
using Repro.Report.Model;

namespace Repro.Report.Findings;

/// <summary>Provenance as names and values.</summary>
internal static class ProvenanceEntries
{
    /// <summary>What a run ran on.</summary>
    public static IEnumerable<(string Name, string Value)> Environment(RunEnvironment environment) =>
    [
        ("command", environment.Command),
        ("program", $"repro {environment.Version}"),
        ("commit", environment.Commit ?? "not known to the build"),
        ("TorchSharp", environment.TorchSharp),
        ("runtime", environment.Runtime),
        ("system", environment.System),
        ("processor", environment.Processor),
        .. environment.Variables.Select(v => (v.Key, v.Value)),
    ];

    /// <summary>What a checkpoint was measured on.</summary>
    public static IEnumerable<(string Name, string Value)> Checkpoint(Provenance provenance) =>
    [
        ("profile", provenance.Profile),
        ("device and weights", provenance.DeviceClass),
        ("checkpoint, SHA-256", provenance.Checkpoint),
        ("corpus, SHA-256", provenance.Corpus),
        .. provenance.FurtherCorpus is { } further ? [("corpus of further training, SHA-256", further)] : Array.Empty<(string, string)>(),
        ("readings", string.Join(", ", provenance.Readings.Select(r => $"{r.Key} {r.Value}"))),
        ("documents per language", string.Join(" and ", provenance.SampleSizes.Select(s => s.ToString("#,0", CultureInfo.InvariantCulture)))),
        ("seed", provenance.Seed.ToString(CultureInfo.InvariantCulture)),
        ("measured with TorchSharp", provenance.TorchSharp),
        ("profile's own command", provenance.Command),
    ];
}
