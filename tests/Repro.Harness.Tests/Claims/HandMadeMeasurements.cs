using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Claims;

/// <summary>Measurements whose numbers the test says.</summary>
/// <param name="nats">Nats per token of a text under a condition, one number for each resample.</param>
internal sealed class HandMadeMeasurements(Func<Condition, TestText, double[]> nats) : IMeasurements
{
    public HandMadeMeasurements(Func<Condition, TestText, double> nats)
        : this((condition, text) => [nats(condition, text)])
    {
    }

    public int Count { get; init; } = 1;

    public double UniformNats => 8;

    /// <summary>What a quantity is; no number where the test says nothing.</summary>
    public Func<string, double[]> Numbers { get; init; } = _ => [double.NaN];

    /// <summary>Tokens per document of a text; no number where the test says nothing.</summary>
    public Func<TestText, double[]> Tokens { get; init; } = _ => [double.NaN];

    public double[] TokensPerDocument(TestText text) => Tokens(text);

    public double[] LogPerplexity(Condition condition, TestText text) => nats(condition, text);

    public double[] Quantity(string id) => Numbers(id);
}
