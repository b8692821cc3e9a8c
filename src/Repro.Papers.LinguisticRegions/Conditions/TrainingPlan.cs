using System.Globalization;
using Repro.Engine.Training;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>What is done to the region while training goes on.</summary>
public enum RegionTreatment
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Set to zero, then held at zero.</summary>
    RemovedAndFrozen,

    /// <summary>Set to zero, then trained.</summary>
    RemovedAndTrained,

    /// <summary>Held at its values.</summary>
    Frozen,

    /// <summary>Trained with its updates multiplied by a factor.</summary>
    Slowed,
}

/// <summary>A further pre-training run (Sections 3.2 and 3.5).</summary>
/// <param name="Language">Language of the further text it trains on.</param>
/// <param name="LearningRate">Highest learning rate.</param>
/// <param name="Treatment">What is done to the region.</param>
/// <param name="Region">The region, or null for none.</param>
public sealed record TrainingPlan(string Language, double LearningRate, RegionTreatment Treatment = RegionTreatment.None, RegionSpec? Region = null)
{
    /// <summary>What a removal does to the masters.</summary>
    public MasterReading Masters { get; init; }

    /// <summary>Factor of the region's updates under <see cref="RegionTreatment.Slowed"/>.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Whether the run is repeated with other seeds, which order the documents and, for a random region, draw it anew.</summary>
    public bool Repeated { get; init; }

    /// <summary>Documents of other languages mixed in, as a share of the further text (data replay).</summary>
    public double Replay { get; init; }

    /// <summary>The run in a figure's words.</summary>
    /// <param name="withRate">Whether runs at several learning rates stand side by side.</param>
    public string Label(bool withRate)
    {
        string run = (Treatment, Region) switch
        {
            (RegionTreatment.None, _) or (_, null) => "all trained",
            (RegionTreatment.RemovedAndFrozen, { } region) => $"{region.Kind} & Freeze",
            (RegionTreatment.RemovedAndTrained, { } region) => $"{region.Kind} & Unfreeze, {(Masters == MasterReading.TrueZero ? "true zero" : "masters restored")}",
            (RegionTreatment.Frozen, { } region) => $"{region.Label} frozen",
            (_, { } region) => string.Create(CultureInfo.InvariantCulture, $"{region.Label} at {Factor:0.##} of the rate"),
        };
        string replay = Replay > 0 ? $", {Percent(Replay)} replayed" : "";
        return run + replay + (withRate ? string.Create(CultureInfo.InvariantCulture, $", rate {LearningRate:0.####e+0}") : "");
    }

    /// <summary>Documents of the run: the further text, and its share of replayed ones on top.</summary>
    public int Documents(Profile profile)
    {
        int further = profile.FurtherDocuments(Language);
        return further + (int)Math.Round(Replay * further);
    }

    /// <summary>A short unique name.</summary>
    public string Id
    {
        get
        {
            string region = (Treatment, Region) switch
            {
                (RegionTreatment.None, _) or (_, null) => "all trained",
                (RegionTreatment.Frozen, { Kind: RegionKind.Random }) => string.Create(CultureInfo.InvariantCulture, $"random {Region.Ratio * 100:0.##}%{(Region.Own is null ? "" : $" as large as {Region.Own}")} frozen"),
                (RegionTreatment.RemovedAndFrozen, _) => $"{Region.Id} removed and frozen",
                (RegionTreatment.RemovedAndTrained, _) => $"{Region.Id} removed, {(Masters == MasterReading.TrueZero ? "true zero" : "masters restored")}",
                (RegionTreatment.Frozen, _) => $"{Region.Id} frozen",
                _ => string.Create(CultureInfo.InvariantCulture, $"{Region.Id} at {Factor:0.##} of the rate"),
            };
            string replay = Replay > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Replay * 100:0.##}% replay") : "";
            return string.Create(CultureInfo.InvariantCulture, $"{Language} at {LearningRate:0.####e+0}, {region}{replay}");
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");
}
