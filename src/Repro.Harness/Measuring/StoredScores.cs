using Repro.Engine.Evaluation;

namespace Repro.Harness.Measuring;

/// <summary>A measurement as it is kept.</summary>
/// <param name="Nll">Negative log-likelihood per document, nats.</param>
/// <param name="Tokens">Predicted tokens per document.</param>
internal sealed record StoredScores(double[] Nll, int[] Tokens)
{
    public static StoredScores Of(Measurement measurement) =>
        new([.. measurement.Documents.Select(d => d.Nll)], [.. measurement.Documents.Select(d => d.Tokens)]);

    public Measurement ToMeasurement() => new([.. Nll.Zip(Tokens, (nll, tokens) => new DocumentScore(nll, tokens))]);
}
