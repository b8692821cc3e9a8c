using Repro.Engine.Files;
using Repro.Papers.LinguisticRegions.Audit;
using Repro.Papers.LinguisticRegions.Audit.Rules;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions;

/// <summary>Looks for inconsistencies within the paper's own numbers.</summary>
public static class PaperAudit
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<AuditRule> Rules { get; } =
    [
        BaseRepeats.Rule,
        SettingRepeats.Rule,
        OneRandomDraw.Rule,
        BelowBase.Rule,
        DoseFalls.Rule,
        TrainingRises.Rule,
        IdenticalCells.Rule,
        WeakEffect.Rule,
        ColumnOutlier.Rule,
        TwinOutlier.Rule,
        LostDecimals.Rule,
        NotAFloat.Rule,
        CaptionLanguages.Rule,
        CitedNumber.Rule,
        ClaimedBound.Rule,
        ClaimedImprovement.Rule,
        EveryLanguageLost.Rule,
        HarmlessRemoval.Rule,
        RecoveryInPlace.Rule,
        TopDimensions.Rule,
        SecondSetting.Rule,
    ];

    /// <summary>Audits the published goldens.</summary>
    /// <param name="folder">Their folder.</param>
    /// <returns>Findings by table, the text last, and within a table by rule.</returns>
    /// <exception cref="InputException">A file is missing or malformed.</exception>
    public static IReadOnlyList<Finding> Run(string folder) => Run(PublishedPaper.Load(folder));

    /// <summary>Audits a paper.</summary>
    /// <param name="paper">Its numbers.</param>
    /// <returns>Findings by table, the text last, and within a table by rule.</returns>
    public static IReadOnlyList<Finding> Run(PublishedPaper paper)
    {
        AuditedPaper audited = new(paper);
        return [.. Rules.SelectMany(r => r.Find(audited)).OrderBy(f => f.Table ?? int.MaxValue)];
    }
}
