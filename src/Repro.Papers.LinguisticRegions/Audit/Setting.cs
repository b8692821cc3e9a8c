using System.Globalization;

namespace Repro.Papers.LinguisticRegions.Audit;

/// <summary>What was measured in a cell. Two cells with equal settings are the same measurement.</summary>
public sealed record Setting
{
    /// <summary>Training samples that mean the model is not trained yet.</summary>
    public const string Untrained = "0K";

    /// <summary>The model, or null where the table names none.</summary>
    public string? Model { get; init; }

    /// <summary>The language or corpus tested on, or null where the table names none.</summary>
    public string? Subject { get; init; }

    /// <summary>Base, Top, Middle, Bottom or Random; null under another kind of perturbation.</summary>
    public string? Region { get; init; }

    /// <summary>Share of weights removed.</summary>
    public double? Ratio { get; init; }

    /// <summary>10K or 100K samples located the region.</summary>
    public string? Samples { get; init; }

    /// <summary>Language of a monolingual region.</summary>
    public string? RegionLanguage { get; init; }

    /// <summary>Removal and freezing; null before training, where it makes no difference.</summary>
    public string? Treatment { get; init; }

    /// <summary>Samples trained on after the removal.</summary>
    public string? Trained { get; init; }

    /// <summary><see cref="Trained"/> as a number of thousands.</summary>
    public int TrainedThousands => Trained is null ? 0 : int.Parse(Trained.TrimEnd('K'), CultureInfo.InvariantCulture);

    /// <summary>Dimensions removed.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Table whose matrices the dimensions are removed from: the tables differ only in that.</summary>
    public int? Matrices { get; init; }

    /// <summary>Perturbation of one weight.</summary>
    public string? Perturbation { get; init; }

    /// <summary>Whether nothing was done to the model.</summary>
    public bool IsBase => Region == "Base";

    /// <summary>Whether a core region's share of the weights was removed and nothing trained.</summary>
    public bool IsCoreRemoval => Ratio is not null && RegionLanguage is null && Trained is null;
}
