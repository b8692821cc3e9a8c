using System.Globalization;

namespace Repro.Paper.Experiments;

/// <summary>How a region is chosen.</summary>
public enum RegionKind
{
    /// <summary>No region: the model as it is.</summary>
    Base,

    /// <summary>The most important weights.</summary>
    Top,

    /// <summary>The least important weights.</summary>
    Bottom,

    /// <summary>Weights drawn at random.</summary>
    Random,
}

/// <summary>The paper's two sample sizes.</summary>
public enum SampleSize
{
    /// <summary>The paper's 10K, a prefix of the large sample.</summary>
    Small,

    /// <summary>The paper's 100K.</summary>
    Large,
}

/// <summary>What is removed in one column of a table.</summary>
/// <param name="Kind">How the region is chosen.</param>
/// <param name="Ratio">Share of each tensor.</param>
/// <param name="Samples">How much text importance was taken from.</param>
/// <param name="Language">The monolingual region's language (Eq. 5), or null for the core region.</param>
/// <param name="Draw">Which random draw.</param>
public sealed record Condition(RegionKind Kind, double Ratio = 0, SampleSize Samples = SampleSize.Large, string? Language = null, int Draw = 0)
{
    /// <summary>Nothing removed.</summary>
    public static Condition Base { get; } = new(RegionKind.Base);

    /// <summary>A short name that is unique among conditions, used as the key in goldens.</summary>
    public string Id
    {
        get
        {
            string percent = string.Create(CultureInfo.InvariantCulture, $"{Ratio * 100:0.##}%");
            return Kind switch
            {
                RegionKind.Base => "base",
                RegionKind.Random => $"random {percent} draw {Draw}",
                _ => $"{Kind.ToString().ToLowerInvariant()} {percent} {(Language is null ? "core" : Language)} {Samples.ToString().ToLowerInvariant()}",
            };
        }
    }
}
