using Repro.Paper.Goldens;

namespace Repro.Paper.Tests.Goldens;

/// <summary>The provenance of goldens that no run has made.</summary>
internal static class HandMadeProvenance
{
    public static Provenance Made { get; } = new()
    {
        Profile = "p",
        DeviceClass = "d",
        Checkpoint = "c",
        Corpus = "t",
        ImportanceReading = "i",
        SampleReading = "s",
        NormReading = "n",
        SampleSizes = [],
        Seed = 0,
        TorchSharp = "0",
        Command = "x",
    };
}
