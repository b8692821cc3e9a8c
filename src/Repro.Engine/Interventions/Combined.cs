using Repro.Engine.Models;

namespace Repro.Engine.Interventions;

/// <summary>Several edits at once, applied in order and undone in reverse.</summary>
/// <param name="Edits">The edits.</param>
public sealed record Combined(IReadOnlyList<Intervention> Edits) : Intervention
{
    /// <inheritdoc/>
    public override IDisposable Apply(LlamaModel model)
    {
        Stack<IDisposable> scopes = new();
        try
        {
            foreach (Intervention edit in Edits)
                scopes.Push(edit.Apply(model));
        }
        catch
        {
            new Scope(scopes).Dispose();
            throw;
        }

        return new Scope(scopes);
    }

    private sealed class Scope(Stack<IDisposable> scopes) : IDisposable
    {
        public void Dispose()
        {
            while (scopes.TryPop(out IDisposable? scope))
                scope.Dispose();
        }
    }
}
