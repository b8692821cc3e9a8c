using Repro.Harness.Goldens;

namespace Repro.Harness.Tests.Goldens;

/// <summary>The provenance of goldens that no run has made.</summary>
internal static class HandMadeProvenance
{
    public static Provenance Made { get; } = new()
    {
        Profile = "p",
        DeviceClass = "d",
        Checkpoint = "c",
        Corpus = "t",
        Readings = new Dictionary<string, string> { ["importance"] = "i" },
        SampleSizes = [],
        Seed = 0,
        TorchSharp = "0",
        Command = "x",
    };
}
