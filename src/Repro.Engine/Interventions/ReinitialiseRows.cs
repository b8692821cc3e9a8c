using Repro.Engine.Models;
using Repro.Engine.Seeds;
using Repro.Engine.Storage;
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
            if (!model.Parameters.TryGetValue(name, out TorchSharp.Modules.Parameter? weight) || weight.dim() != 2 || Row < 0 || Row >= weight.shape[0])
                throw new InputException($"The checkpoint has no matrix '{name}' with a row {Row}.");
        }

        return Restoration.Of(restoration =>
        {
            foreach (string name in Names)
            {
                Tensor weight = model.Parameters[name];
                long columns = weight.shape[1];
                using Generator generator = new(SplitMix.Derive(Seed, name), CPU);
                restoration.Overwrite(
                    weight,
                    [.. Enumerable.Range(0, (int)columns).Select(c => (Row * columns) + c)],
                    old => (randn(columns, generator: generator) * Deviation).to(old.device));
            }
        });
    }
}
