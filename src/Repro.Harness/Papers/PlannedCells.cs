using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Papers;

/// <summary>What a plan measures, as claims ask for it: a random condition is there when all its draws are.</summary>
/// <param name="plan">The plan.</param>
/// <param name="profile">Gives the draws.</param>
internal sealed class PlannedCells(MeasurementPlan plan, Profile profile) : IMeasured
{
    private readonly HashSet<string> conditions = [.. plan.Conditions.Select(c => c.Id)];
    private readonly HashSet<string> texts = [.. plan.Texts.Select(t => t.Key)];
    private readonly HashSet<string> quantities = [.. plan.Quantities.Select(q => q.Id)];

    /// <inheritdoc/>
    public bool Has(Condition condition, TestText text) => texts.Contains(text.Key) && condition.Draws(profile).All(d => conditions.Contains(d.Id));

    /// <inheritdoc/>
    public bool HasQuantity(string id) => quantities.Contains(id);
}
