namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A model that lost its Top region recovers with training.</summary>
internal static class TrainingRises
{
    // An exploded perplexity is chaotic: a rise of under a fifth says nothing.
    private const double ChaoticNats = 0.2;

    public static AuditRule Rule { get; } = new(
        "training",
        "With the Top removed and frozen, more training does not raise perplexity by a fifth.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        var runs = paper.Cells.Where(c => c.Setting is { Region: "Top", Trained: not null, Treatment: null or "Freeze" })
            .DistinctBy(c => (c.Setting, c.Value))
            .GroupBy(c => (c.Table, c.Setting.Subject));
        foreach (var run in runs)
        {
            PublishedCell[] steps = [.. run.OrderBy(c => c.Setting.TrainedThousands)];
            foreach ((PublishedCell before, PublishedCell after) in steps.Zip(steps.Skip(1)))
            {
                double rise = after.Nats - before.Nats;
                if (rise > ChaoticNats)
                    yield return new Finding(
                        Rule.Name,
                        after.Table,
                        after.Where,
                        $"{after.Printed} ({Wording.Factor(rise)} times more)",
                        $"at most {before.Printed}, as at {before.Setting.Trained}");
            }
        }
    }
}
