namespace Repro.Harness.Measuring;

/// <summary>What a long piece of work is given by whoever started it.</summary>
/// <param name="Progress">Called with the units of work done (tokens read forward) and what they were.</param>
/// <param name="Cancellation">Ends the work between two batches; the weights are restored.</param>
public sealed record RunContext(Action<long, string>? Progress = null, CancellationToken Cancellation = default)
{
    /// <summary>No progress, no end.</summary>
    public static RunContext None { get; } = new();
}
