namespace Repro.Engine.Planning;

/// <summary>Where the sums over micro-batches are held: four bytes for each weight of each block.</summary>
public enum SumPlacement
{
    /// <summary>Beside the weights.</summary>
    Device,

    /// <summary>In the host's memory.</summary>
    Host,

    /// <summary>In a file.</summary>
    File,
}
