using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Seeds;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>Draws one row of several matrices anew from N(0, deviation²) (Section 3.3, Figure 3).</summary>
/// <param name="Names">The matrices.</param>
/// <param name="Row">The same row in each.</param>
/// <param name="Deviation">Standard deviation of the draw.</param>
/// <param name="Seed">Each matrix's draw has a seed of its own, derived from this one and its name.</param>
public sealed record ReinitialiseRows(IReadOnlyList<string> Names, long Row, double Deviation, ulong Seed) : Intervention
{
    /// <inheritdoc/>
    /// <exception cref="InputException">A matrix has no such row.</exception>
    public override IDisposable Apply(LlamaModel model)
    {
        foreach (string name in Names)
        {
            if (ParameterSet.ShapeOf(model.Config, name) is not { Length: 2 } shape || Row < 0 || Row >= shape[0])
                throw new InputException($"The checkpoint has no matrix '{name}' with a row {Row}.");
        }

        return Restoration.Of(restoration =>
        {
            foreach (string name in Names)
            {
                long columns = ParameterSet.ShapeOf(model.Config, name)![1];
                restoration.Overwrite(
                    model,
                    name,
                    () => [.. Enumerable.Range(0, (int)columns).Select(c => (Row * columns) + c)],
                    old =>
                    {
                        using Generator generator = new(SplitMix.Derive(Seed, name), CPU);
                        return randn(columns, generator: generator).Times(Deviation).to(old.device);
                    });
            }
        });
    }
}
