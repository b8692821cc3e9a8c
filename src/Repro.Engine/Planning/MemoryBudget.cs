namespace Repro.Engine.Planning;

/// <summary>What a run may take.</summary>
/// <param name="Host">Bytes of the host's memory.</param>
/// <param name="Device">Bytes of each device's memory, or null where the device is the host.</param>
/// <param name="Disk">Bytes of disk for files of sums.</param>
public sealed record MemoryBudget(long Host, long? Device, long Disk);
