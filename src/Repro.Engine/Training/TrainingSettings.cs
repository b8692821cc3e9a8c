namespace Repro.Engine.Training;

/// <summary>Everything that determines a training run, apart from the model and its windows.</summary>
public sealed record TrainingSettings
{
    /// <summary>Number of optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Windows per step.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>
    /// Windows per backward pass; the gradients of a step's passes are added up in float32, in their order, to that of the mean loss over all of its tokens.
    /// </summary>
    /// <value>0: all windows of a step in one pass.</value>
    public int MicroBatch { get; init; }

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init; } = 6e-3;

    /// <summary>Steps over which the learning rate rises from 0.</summary>
    public int WarmUpSteps { get; init; } = 200;

    /// <summary>Whether the first step's rate is 0, as with Hugging Face's schedulers, instead of one part of the warm-up.</summary>
    public bool WarmsUpFromZero { get; init; }

    /// <summary>Decoupled weight decay, on every parameter.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.95;

    /// <summary>Largest Euclidean norm of all gradients together.</summary>
    public double ClipNorm { get; init; } = 1.0;

    /// <summary>Seeds the order of the windows (and, for a new model, its weights).</summary>
    public ulong Seed { get; init; } = 1234;

    /// <summary>The learning rate of a step: linear warm-up, then half a cosine down to 0.</summary>
    /// <param name="step">Index from 0.</param>
    public double LearningRateAt(int step)
    {
        if (step < WarmUpSteps)
            return LearningRate * (WarmsUpFromZero ? step : step + 1) / WarmUpSteps;
        double progress = (step - WarmUpSteps) / (double)Math.Max(1, Steps - WarmUpSteps);
        return LearningRate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
    }
}
