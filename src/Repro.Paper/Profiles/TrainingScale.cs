using Repro.Engine.Training;

namespace Repro.Paper.Profiles;

/// <summary>How the paper's further pre-training (Tables 2 and 6, Figure 5) is scaled to a checkpoint.</summary>
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

    /// <summary>Highest learning rate of Tables 2 and 6.</summary>
    public required double RemoveFreezeRate { get; init; }

    /// <summary>The higher of Figure 5's two learning rates; the other is a tenth of it.</summary>
    public required double HighRate { get; init; }

    /// <summary>The lower of Figure 5's two learning rates.</summary>
    public double LowRate => HighRate / 10;

    /// <summary>Documents for the 200K Chinese samples of Tables 2 and 6.</summary>
    public int ChineseDocuments => 200_000 / SamplesPerDocument;

    /// <summary>Documents for the 100K Arabic samples of Section 3.5.</summary>
    public int ArabicDocuments => 100_000 / SamplesPerDocument;

    /// <summary>The seven sample counts of Tables 2 and 6, in documents.</summary>
    public IReadOnlyList<int> RemoveFreezeStops => [.. new[] { 0, 2_000, 5_000, 10_000, 20_000, 50_000, 200_000 }.Select(n => n / SamplesPerDocument)];

    /// <summary>The released code's optimizer: AdamW (0.9, 0.95), weight decay 0.001, 100 warm-up steps, cosine, clipping at 1, one epoch of whole batches.</summary>
    /// <param name="documents">Documents of the epoch.</param>
    /// <param name="learningRate">Highest learning rate.</param>
    /// <param name="seed">Seed of their order.</param>
    public TrainingSettings Settings(int documents, double learningRate, ulong seed) => new()
    {
        Steps = documents / BatchSize,
        BatchSize = BatchSize,
        MicroBatch = MicroBatch,
        LearningRate = learningRate,
        WarmUpSteps = 100,
        WeightDecay = 0.001,
        Seed = seed,
    };
}
