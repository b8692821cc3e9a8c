namespace Repro.Engine.Evaluation;

/// <summary>How well a model predicted one document.</summary>
/// <param name="Nll">Sum of the negative log-likelihood over its predicted tokens, nats.</param>
/// <param name="Tokens">Predicted tokens: all but BOS.</param>
public readonly record struct DocumentScore(double Nll, int Tokens);

/// <summary>How well a model predicted the documents of one language.</summary>
/// <param name="Documents">The sums it was made from, in the order of the documents.</param>
public sealed record Measurement(IReadOnlyList<DocumentScore> Documents)
{
    /// <summary>Predicted tokens.</summary>
    public long Tokens { get; } = Documents.Sum(d => (long)d.Tokens);

    /// <summary>Predicted tokens of a document on average.</summary>
    public double TokensPerDocument => (double)Tokens / Documents.Count;

    /// <summary>Σ NLL / Σ tokens, nats per token.</summary>
    public double NatsPerToken { get; } = Documents.Sum(d => d.Nll) / Documents.Sum(d => (long)d.Tokens);

    /// <summary>Nats per token under a reading of perplexity.</summary>
    public double Nats(PerplexityReading reading) => reading == PerplexityReading.PerToken
        ? NatsPerToken
        : Documents.Chunk(PerplexityReadings.BatchSize).Average(batch => batch.Sum(d => d.Nll) / batch.Sum(d => (long)d.Tokens));

    /// <summary>exp(Σ NLL / Σ tokens).</summary>
    public double Perplexity => Math.Exp(NatsPerToken);
}
