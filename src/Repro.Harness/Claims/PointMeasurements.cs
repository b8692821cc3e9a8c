using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>A run's measurements as they are.</summary>
/// <param name="measured">What was measured.</param>
/// <param name="profile">Gives the draws that a random condition stands for.</param>
public sealed class PointMeasurements(MeasurementSet measured, Profile profile) : IMeasurements
{
    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public double UniformNats => measured.UniformNats;

    /// <inheritdoc/>
    public double[] LogPerplexity(Condition condition, TestText text) => [condition.Draws(profile).Average(c => measured.Nats(c, text))];

    /// <inheritdoc/>
    public double[] TokensPerDocument(TestText text) => [measured[Condition.Base, text].TokensPerDocument];

    /// <inheritdoc/>
    public double[] Quantity(string id) => [measured.Quantity(id).Value];
}
