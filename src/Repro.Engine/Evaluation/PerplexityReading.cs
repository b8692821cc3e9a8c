namespace Repro.Engine.Evaluation;

/// <summary>How the losses of documents become one perplexity.</summary>
public enum PerplexityReading
{
    /// <summary>exp(Σ NLL / Σ predicted tokens).</summary>
    PerToken,

    /// <summary>exp of the mean over batches of 16 documents of each batch's mean loss (the released code, on one rank).</summary>
    BatchMean,
}

/// <summary>Constants of the readings.</summary>
internal static class PerplexityReadings
{
    public const int BatchSize = 16;
}
