using System.ComponentModel.DataAnnotations;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Goldens;

/// <summary>How far a number may move, and why.</summary>
/// <param name="Value">Largest absolute difference.</param>
/// <param name="Reason">Why that much.</param>
public sealed record Tolerance([Range(0.0, double.MaxValue)] double Value, string Reason);

/// <summary>How far the numbers of a golden may move, by class.</summary>
public sealed record Tolerances
{
    /// <summary>Of the unedited model, nats per token.</summary>
    public Tolerance Base { get; init; } = new(0.001, "float32 sums in another order (AVX2 instead of AVX-512) move a loss by about 1e-6 relative; 0.001 nats is far above that and far below any claim's margin");

    /// <summary>Of an edited model, nats per token.</summary>
    public Tolerance Edited { get; init; } = new(0.01, "on another CPU weights at the threshold may change places: between two AVX-512 machines one cell of 3,700 moved by 0.006, the others by less than 0.005; a loss that is wrong by 1 % moves by four times as much");

    /// <summary>Of a model trained further, nats per token.</summary>
    public Tolerance Trained { get; init; } = new(0.01, "hundreds of bfloat16 steps on single documents amplify the last bit of a sum; between AVX-512 and AVX2 cells moved by at most 0.004");

    /// <summary>What is added of a model trained further for each nat per token that it is worse than the unedited one.</summary>
    public Tolerance TrainedPerNatLost { get; init; } = new(0.005, "what is destroyed amplifies more: between a Zen 5 and a Zen 3 processor, of cells 4 and 11 nats above the base one moved by 0.012 and one by 0.026, 0.003 for each nat; set after they were seen");

    /// <summary>Of the overlap between halves of the sample.</summary>
    public Tolerance Overlap { get; init; } = new(0.01, "weights that change places at the threshold");

    /// <summary>Of the ties at the threshold, weights.</summary>
    public Tolerance Ties { get; init; } = new(8, "scores that are equal on one CPU may differ in the last bit on another");

    /// <summary>Of a class.</summary>
    public Tolerance Of(ToleranceClass kind) => kind switch
    {
        ToleranceClass.Base => Base,
        ToleranceClass.Edited => Edited,
        _ => Trained,
    };

    /// <summary>Of a perplexity.</summary>
    /// <param name="kind">Its condition's class.</param>
    /// <param name="lost">Nats per token above the unedited model.</param>
    public Tolerance Of(ToleranceClass kind, double lost) => kind == ToleranceClass.Trained && lost > 0
        ? Trained with { Value = Trained.Value + (TrainedPerNatLost.Value * lost) }
        : Of(kind);

    /// <summary>For the statistics of a table.</summary>
    /// <param name="quantities">The table's quantities.</param>
    /// <param name="tokensPerDocument">Tokens per document of the table's texts.</param>
    public ITolerances For(IReadOnlyList<Quantity> quantities, Func<TestText, double> tokensPerDocument) => new OfTable(this, quantities, tokensPerDocument);

    private sealed class OfTable(Tolerances tolerances, IReadOnlyList<Quantity> quantities, Func<TestText, double> tokensPerDocument) : ITolerances
    {
        public double OfPerplexity(ToleranceClass tolerance) => tolerances.Of(tolerance).Value;

        public double OfQuantity(string id) => quantities.Single(q => q.Id == id).Tolerance;

        public double TokensPerDocument(TestText text) => tokensPerDocument(text);
    }
}
