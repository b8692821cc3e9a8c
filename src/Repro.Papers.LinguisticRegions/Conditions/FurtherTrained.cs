using System.Globalization;
using System.Text.Json;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Engine.Training;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Languages;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>The model after some documents of a further pre-training run.</summary>
/// <param name="Plan">The run.</param>
/// <param name="DocumentsSeen">Documents trained on so far; 0 is before the first step, after a removal.</param>
/// <param name="Draw">Which seed.</param>
public sealed record FurtherTrained(TrainingPlan Plan, int DocumentsSeen, int Draw = 0) : TrainedCondition
{
    /// <summary>Whether only a curve's course depends on it, for which each seed is measured on a share of the documents.</summary>
    public bool IsOnTheWay { get; init; }

    /// <inheritdoc/>
    public override int? RandomDraw => IsOnTheWay ? Draw : null;

    /// <inheritdoc/>
    public override string Id => string.Create(CultureInfo.InvariantCulture, $"{Plan.Id}{(Plan.Repeated ? $", seed {Draw}" : "")}: {DocumentsSeen} documents");

    /// <inheritdoc/>
    public override string Label => string.Create(CultureInfo.InvariantCulture, $"{Plan.Label(withRate: true)}, after {DocumentsSeen} documents");

    /// <inheritdoc/>
    public override string Run => string.Create(CultureInfo.InvariantCulture, $"{Plan.Id}{(Plan.Repeated ? $", seed {Draw}" : "")}");

    /// <inheritdoc/>
    public override int DocumentsSeen { get; } = DocumentsSeen;

    /// <inheritdoc/>
    public override Condition State => (DocumentsSeen, Removes, Plan.Region) switch
    {
        (0, false, _) => new Untrained(),

        // Seeds differ from the first step on.
        (0, true, { IsRandom: false }) => this with { Draw = 0 },
        _ => this,
    };

    /// <inheritdoc/>
    public override IEnumerable<Reading> Readings => Region?.Readings ?? [];

    /// <inheritdoc/>
    public override IEnumerable<RegionSpec> Regions => Region?.Needed ?? [];

    /// <inheritdoc/>
    public override IEnumerable<TestText> TrainsOn => [PaperLanguages.Texts.Further.Single(f => f.Text.Code == Plan.Language).Text];

    private bool Removes => Plan.Treatment is RegionTreatment.RemovedAndFrozen or RegionTreatment.RemovedAndTrained;

    // Of a random region this seed's own draw.
    private RegionSpec? Region => Plan.Region is { IsRandom: true } random ? random with { Draw = Draw } : Plan.Region;

    /// <inheritdoc/>
    public override IEnumerable<Condition> Draws(Profile profile) =>
        Plan.Repeated ? Enumerable.Range(0, profile.TrainingDraws).Select(draw => this with { Draw = draw }) : [this];

    /// <inheritdoc/>
    public override string KeyUnder(Profile profile, DocumentSource texts)
    {
        IReadOnlyList<int[]> documents = DocumentsOf(texts);
        return $"training {JsonSerializer.Serialize(Settings(profile, documents.Count))} text {DocumentSource.HashOf(documents)}";
    }

    /// <inheritdoc/>
    public override FurtherTraining Training(RegionSelector regions, DocumentSource texts)
    {
        IReadOnlyList<int[]> documents = DocumentsOf(texts);
        Region? region = Region is { } spec && Plan.Treatment != RegionTreatment.None ? regions.Get(spec) : null;
        bool frozen = Plan.Treatment is RegionTreatment.RemovedAndFrozen or RegionTreatment.Frozen;
        return new FurtherTraining
        {
            Documents = documents,
            Settings = Settings(regions.Profile, documents.Count),
            Removed = Removes ? region : null,
            Masters = Plan.Masters,
            Frozen = frozen ? region : null,
            Slowed = Plan.Treatment == RegionTreatment.Slowed && region is not null ? (region, Plan.Factor) : null,
        };
    }

    /// <summary>
    /// The released code's optimizer: AdamW (0.9, 0.95), weight decay 0.001, 100 warm-up steps from a rate of 0, cosine, clipping at 1, one epoch of whole batches. The seed
    /// is the profile's own for the first draw.
    /// </summary>
    internal TrainingSettings Settings(Profile profile, int documents) => new()
    {
        Steps = documents / profile.Training.BatchSize,
        BatchSize = profile.Training.BatchSize,
        MicroBatch = profile.Training.MicroBatch,
        LearningRate = Plan.LearningRate,
        WarmUpSteps = 100,
        WarmsUpFromZero = true,
        WeightDecay = 0.001,
        Seed = Draw == 0 ? profile.Seed : SplitMix.Derive(profile.Seed, string.Create(CultureInfo.InvariantCulture, $"training {Draw}")),
    };

    private IReadOnlyList<int[]> DocumentsOf(DocumentSource texts)
    {
        IReadOnlyList<int[]> further = texts.Further(Plan.Language);
        return [.. further, .. texts.Replay(Plan.Language, (int)Math.Round(Plan.Replay * further.Count))];
    }

    // Every run that removes nothing begins here.
    private sealed record Untrained : Condition
    {
        public override string Id => "before training";

        public override string Label => "Base in the type that is trained";

        public override ToleranceClass Tolerance => ToleranceClass.Trained;
    }
}
