using Repro.Engine.Interventions;
using Repro.Engine.Training;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>A state of the model that perplexity is measured in: one column of a table. It answers for itself whatever a run must know of it.</summary>
public abstract record Condition
{
    /// <summary>The checkpoint as it is.</summary>
    public static EditedCondition Base { get; } = new Unedited();

    /// <summary>A short name that is unique among conditions: a key in goldens and in the store, and the name that seeds are derived from. It is never taken apart.</summary>
    public abstract string Id { get; }

    /// <summary>The condition in a table's words.</summary>
    public abstract string Label { get; }

    /// <summary>How far its numbers may move between processors.</summary>
    public abstract ToleranceClass Tolerance { get; }

    /// <summary>The readings that its results depend on, apart from perplexity's, which is taken from the same sums.</summary>
    public virtual IEnumerable<Reading> Readings => [];

    /// <summary>The regions it needs, which a run selects together.</summary>
    public virtual IEnumerable<RegionSpec> Regions => [];

    /// <summary>The region it removes, which goldens describe; null for a condition that removes none.</summary>
    public virtual RegionSpec? Removed => null;

    /// <summary>Texts that it is trained on before it is measured.</summary>
    public virtual IEnumerable<TestText> TrainsOn => [];

    /// <summary>Name of the work that reaches it: conditions of one training run share it.</summary>
    public virtual string Work => Id;

    /// <summary>Number of the draw, of a condition that is drawn at random; it is measured on a share of each text's documents. Null for any other.</summary>
    public virtual int? RandomDraw => null;

    /// <summary>The draws a random condition stands for; itself for any other.</summary>
    public virtual IEnumerable<Condition> Draws(Profile profile) => [this];

    /// <summary>The condition that its results are kept under: itself, or one that is the same state of the model.</summary>
    public virtual Condition State => this;

    /// <summary>What its results depend on beside the model, the test text and the readings: nothing, or a training run.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="texts">The documents.</param>
    public virtual string KeyUnder(Profile profile, DocumentSource texts) => "";

    /// <summary>Whether there are the texts that it needs.</summary>
    /// <param name="texts">The texts that there are.</param>
    internal bool IsPossible(TextSet texts) =>
        Regions.All(r => r.IsPossible(texts)) && (texts.LocatesRegions || !Readings.Contains(Reading.Importance)) && !TrainsOn.Any(texts.Lacks);

    /// <summary>Lower-case name of an enumeration's value.</summary>
    protected static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>A condition that is an edit of the checkpoint's weights.</summary>
public abstract record EditedCondition : Condition
{
    /// <inheritdoc/>
    public override ToleranceClass Tolerance => ToleranceClass.Edited;

    /// <summary>The edit.</summary>
    /// <param name="regions">Importance and regions of the checkpoint.</param>
    public abstract Intervention Edit(RegionSelector regions);
}

/// <summary>A condition that a training run reaches after some documents.</summary>
public abstract record TrainedCondition : Condition
{
    /// <inheritdoc/>
    public override ToleranceClass Tolerance => ToleranceClass.Trained;

    /// <inheritdoc/>
    public sealed override string Work => Run;

    /// <summary>Name of the run, which all its stops share.</summary>
    public abstract string Run { get; }

    /// <summary>Documents trained on so far; 0 is before the first step.</summary>
    public abstract int DocumentsSeen { get; }

    /// <summary>The run.</summary>
    /// <param name="regions">Regions of the checkpoint.</param>
    /// <param name="texts">The documents.</param>
    public abstract FurtherTraining Training(RegionSelector regions, DocumentSource texts);
}

/// <summary>The checkpoint as it is.</summary>
public sealed record Unedited : EditedCondition
{
    /// <inheritdoc/>
    public override string Id => "base";

    /// <inheritdoc/>
    public override string Label => "Base";

    /// <inheritdoc/>
    public override ToleranceClass Tolerance => ToleranceClass.Base;

    /// <inheritdoc/>
    public override Intervention Edit(RegionSelector regions) => Intervention.None;
}
