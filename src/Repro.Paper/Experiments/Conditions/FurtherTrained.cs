using System.Globalization;
using Repro.Engine.Training;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments.Conditions;

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
public sealed record TrainingPlan(string Language, double LearningRate, RegionTreatment Treatment = RegionTreatment.None, RegionRemoval? Region = null)
{
    /// <summary>What a removal does to the masters.</summary>
    public MasterReading Masters { get; init; }

    /// <summary>Factor of the region's updates under <see cref="RegionTreatment.Slowed"/>.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Whether the run is repeated with other seeds, which order the documents and, for a random region, draw it anew.</summary>
    public bool Repeated { get; init; }

    /// <summary>Documents of other languages mixed in, as a share of the further text (data replay).</summary>
    public double Replay { get; init; }

    /// <summary>A short unique name.</summary>
    public string Id
    {
        get
        {
            string region = (Treatment, Region) switch
            {
                (RegionTreatment.None, _) or (_, null) => "all trained",
                (RegionTreatment.Frozen, { Kind: RegionKind.Random }) => string.Create(CultureInfo.InvariantCulture, $"random {Region.Ratio * 100:0.##}% frozen"),
                (RegionTreatment.RemovedAndFrozen, _) => $"{Region.Id} removed and frozen",
                (RegionTreatment.RemovedAndTrained, _) => $"{Region.Id} removed, {(Masters == MasterReading.TrueZero ? "true zero" : "masters restored")}",
                (RegionTreatment.Frozen, _) => $"{Region.Id} frozen",
                _ => string.Create(CultureInfo.InvariantCulture, $"{Region.Id} at {Factor:0.##} of the rate"),
            };
            string replay = Replay > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Replay * 100:0.##}% replay") : "";
            return string.Create(CultureInfo.InvariantCulture, $"{Language} at {LearningRate:0.####e+0}, {region}{replay}");
        }
    }
}

/// <summary>The model after some documents of a further pre-training run.</summary>
/// <param name="Plan">The run.</param>
/// <param name="Documents">Documents trained on so far; 0 is before the first step, after a removal.</param>
/// <param name="Draw">Which seed.</param>
public sealed record FurtherTrained(TrainingPlan Plan, int Documents, int Draw = 0) : Condition
{
    /// <inheritdoc/>
    public override string Id => string.Create(CultureInfo.InvariantCulture, $"{Plan.Id}{(Plan.Repeated ? $", seed {Draw}" : "")}: {Documents} documents");

    /// <summary>The region of this seed.</summary>
    public RegionRemoval? Region => Plan.Region is { Kind: RegionKind.Random } random ? random with { Draw = Draw } : Plan.Region;

    /// <inheritdoc/>
    public override IEnumerable<Condition> Draws(Profile profile) => Plan.Repeated ? Enumerable.Range(0, profile.TrainingDraws).Select(draw => this with { Draw = draw }) : [this];

    /// <inheritdoc/>
    public override bool DependsOnImportance => Plan.Region is { Kind: not RegionKind.Random };

    /// <inheritdoc/>
    public override bool HasRegion => Plan.Region is not null;
}
