namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>Section 3.2: removed but not frozen, the Top region recovers, and English with it.</summary>
internal static class RecoveryInPlace
{
    // Twice the perplexity is generous for "restored".
    private const double RestoredNats = 0.693;

    public static AuditRule Rule { get; } = new(
        "recovery",
        "After all training, Top & Unfreeze is within twice the perplexity that Bottom removal starts from (Section 3.2: restored).",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        foreach (var run in paper.Cells.Where(c => c.Setting.Trained is not null).GroupBy(c => (c.Table, c.Setting.Subject)))
        {
            PublishedCell? intact = run.FirstOrDefault(c => c.Setting is { Region: "Bottom", Trained: Setting.Untrained });
            PublishedCell? end = run.Where(c => c.Setting is { Region: "Top", Treatment: "Unfreeze" }).MaxBy(c => c.Setting.TrainedThousands);
            if (intact is not null && end is not null && end.Nats - intact.Nats > RestoredNats)
                yield return new Finding(
                    Rule.Name,
                    end.Table,
                    end.Where,
                    end.Printed,
                    $"near {intact.Printed} ({intact.Where}; Section 3.2: proficiency restored)");
        }
    }
}
