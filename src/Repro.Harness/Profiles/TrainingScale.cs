namespace Repro.Harness.Profiles;

/// <summary>How a paper's further pre-training is scaled to a checkpoint.</summary>
public sealed record TrainingScale
{
    /// <summary>Paper samples that one document stands for.</summary>
    public required int SamplesPerDocument { get; init; }

    /// <summary>Documents per optimizer step. With the paper's 256 divided by <see cref="SamplesPerDocument"/> the number of steps is the paper's.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Documents per backward pass; 0 is a whole batch.</summary>
    public int MicroBatch { get; init; }

    /// <summary>Into how many parts snapshots cut a run, so that a killed one repeats at most one part. A snapshot holds 14 bytes per weight; writing them must cost a few percent of the steps.</summary>
    /// <value>2: one in the middle.</value>
    public int SnapshotParts { get; init; } = 2;

    /// <summary>The paper's usual peak learning rate, scaled to the checkpoint.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Documents that stand for a number of the paper's samples.</summary>
    public int Documents(int samples) => samples / SamplesPerDocument;
}
