using System.Globalization;
using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments.Conditions;

/// <summary>How a region is chosen.</summary>
public enum RegionKind
{
    /// <summary>The most important weights.</summary>
    Top,

    /// <summary>The least important weights.</summary>
    Bottom,

    /// <summary>Weights drawn at random.</summary>
    Random,
}

/// <summary>A region set to zero (Sections 3.2 and 3.4).</summary>
/// <param name="Kind">How the region is chosen.</param>
/// <param name="Ratio">Share of each tensor.</param>
/// <param name="Samples">How much text importance was taken from.</param>
/// <param name="Language">The monolingual region's language (Eq. 5), or null for the core region.</param>
/// <param name="Draw">Which random draw.</param>
/// <param name="Score">What weights are ranked by: importance, or a baseline.</param>
public sealed record RegionRemoval(
    RegionKind Kind, double Ratio, SampleSize Samples = SampleSize.Large, string? Language = null, int Draw = 0, ImportanceScore Score = ImportanceScore.FirstOrder)
    : EditedCondition
{
    /// <inheritdoc/>
    public override string Id
    {
        get
        {
            string percent = string.Create(CultureInfo.InvariantCulture, $"{Ratio * 100:0.##}%");
            string score = Score == ImportanceScore.FirstOrder ? "" : $" by {Word(Score)}";
            return Kind == RegionKind.Random ? $"random {percent} draw {Draw}" : $"{Word(Kind)} {percent} {Language ?? "core"} {Word(Samples)}{score}";
        }
    }

    /// <inheritdoc/>
    public override bool DependsOnImportance => Kind != RegionKind.Random;

    /// <inheritdoc/>
    public override IEnumerable<Condition> Draws(Profile profile) =>
        Kind == RegionKind.Random ? Enumerable.Range(0, profile.Draws(Ratio)).Select(draw => this with { Draw = draw }) : [this];

    /// <inheritdoc/>
    public override Intervention Edit(RegionLibrary regions) => new RemoveRegion(regions.Get(this));
}
