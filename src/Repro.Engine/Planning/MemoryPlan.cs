using Repro.Engine.Models;

namespace Repro.Engine.Planning;

/// <summary>What a run holds where. It decides no number: the same bits come out of every plan for a device.</summary>
public sealed record MemoryPlan
{
    /// <summary>The devices and what each holds.</summary>
    public required DeviceMap Devices { get; init; }

    /// <summary>Whether blocks stay in the checkpoint's files and come to the device one by one.</summary>
    public bool StreamsBlocks { get; init; }

    /// <summary>Where importance's sums are.</summary>
    public SumPlacement Sums { get; init; }

    /// <summary>Tokens that go through each block together; 0 keeps the graph of one micro-batch instead.</summary>
    public long TokensTogether { get; init; }

    /// <summary>Bytes of all weights.</summary>
    public long Weights { get; init; }

    /// <summary>The plan in sentences, for people.</summary>
    public required IReadOnlyList<string> Lines { get; init; }
}
