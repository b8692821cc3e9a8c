using Repro.Engine.Models;

namespace Repro.Engine.Interventions;

/// <summary>A reversible edit of a model's weights.</summary>
public abstract record Intervention
{
    /// <summary>No edit.</summary>
    public static Intervention None { get; } = new Nothing();

    /// <summary>Edits the weights.</summary>
    /// <param name="model">The model.</param>
    /// <returns>A scope; leaving it, by whatever way, restores every edited weight bit for bit.</returns>
    public abstract IDisposable Apply(LlamaModel model);

    private sealed record Nothing : Intervention
    {
        public override IDisposable Apply(LlamaModel model) => new Restoration();
    }
}
