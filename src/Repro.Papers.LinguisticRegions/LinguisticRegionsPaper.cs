using Repro.Harness.Figures;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Profiles;
using Repro.Papers.LinguisticRegions.Published;
using Repro.Papers.LinguisticRegions.Tables;

namespace Repro.Papers.LinguisticRegions;

/// <summary>Unveiling Linguistic Regions in Large Language Models (ACL 2024).</summary>
/// <param name="publishedFolder">Finds the folder of the paper's own numbers when they are first needed.</param>
public sealed class LinguisticRegionsPaper(Func<string> publishedFolder) : Paper
{
    /// <summary>The paper with the numbers that come with the project.</summary>
    public static LinguisticRegionsPaper OfProject { get; } = new(() => Path.Combine(ProjectFolder.Find(), "goldens", "paper"));

    /// <inheritdoc/>
    public override string Name => "linguistic-regions";

    /// <inheritdoc/>
    public override IReadOnlyList<Profile> Profiles => PaperProfiles.All;

    /// <inheritdoc/>
    public override IReadOnlyList<AlternativeReading> Readings => PaperReadings.Alternatives;

    /// <inheritdoc/>
    protected override IReadOnlyList<PaperTable> WholeTables(Profile profile)
    {
        PublishedNumbers published = new(publishedFolder, profile.PublishedModel);
        return [.. TableFamily.All.SelectMany(family => family.Tables(profile, published))];
    }

    /// <inheritdoc/>
    public override IEnumerable<FigurePlan> JointFigures(Profile profile, IReadOnlyList<PaperTable> tables) => MonolingualRegions.JointFigures(tables);
}
