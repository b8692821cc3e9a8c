using System.Globalization;

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

    /// <summary>Weights of the model that the rate was set for; null where it holds for any, because a user named it.</summary>
    public long? SetForWeights { get; init; }

    /// <summary>Why the rate does not hold for a model, or null where it does.</summary>
    /// <param name="weights">The model's weights.</param>
    public string? RateRefusal(long weights)
    {
        const double MostTimes = 10;
        return SetForWeights is { } own && (weights > own * MostTimes || weights < own / MostTimes)
            ? string.Create(CultureInfo.InvariantCulture, $"the learning rate {LearningRate:G3} was set for a model of {own / 1e6:#,0.#} million weights, and this one has {weights / 1e6:#,0.#} million; name one with --learning-rate, about a sixth of the peak rate that it was trained with")
            : null;
    }

    /// <summary>Documents that stand for a number of the paper's samples.</summary>
    public int Documents(int samples) => samples / SamplesPerDocument;
}
