using Repro.Paper.Claims;
using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Tests.Claims;

/// <summary>A world whose numbers the test says.</summary>
/// <param name="nats">Nats per token of a text under a condition.</param>
internal sealed class HandMadeWorld(Func<Condition, string, double> nats) : IMeasuredWorld
{
    public double UniformNats => 8;

    /// <summary>What a quantity is; no number where the test says nothing.</summary>
    public Func<string, double> Numbers { get; init; } = _ => double.NaN;

    public double Nats(Condition condition, string text) => nats(condition, text);

    public double Quantity(string id) => Numbers(id);
}
