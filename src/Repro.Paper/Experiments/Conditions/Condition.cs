using Repro.Engine.Interventions;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments.Conditions;

/// <summary>The paper's two sample sizes.</summary>
public enum SampleSize
{
    /// <summary>The paper's 10K, a prefix of the large sample.</summary>
    Small,

    /// <summary>The paper's 100K.</summary>
    Large,
}

/// <summary>A state of the model that perplexity is measured in: one column of a table.</summary>
public abstract record Condition
{
    /// <summary>Nothing changed.</summary>
    public static Condition Base { get; } = new Unedited();

    /// <summary>A short name that is unique among conditions, used as the key in goldens and in the cache.</summary>
    public abstract string Id { get; }

    /// <summary>Whether readings of importance decide what this condition is; where not, readings share its measurements.</summary>
    public virtual bool DependsOnImportance => true;

    /// <summary>Whether a region, or dimensions, are part of it, so that it matters whether norms belong to regions.</summary>
    public virtual bool HasRegion => true;

    /// <summary>Readings besides those of importance that it depends on, for the keys of results.</summary>
    public virtual string OtherReadings(Profile profile) => "";

    /// <summary>The draws a random condition stands for; itself for any other.</summary>
    public virtual IEnumerable<Condition> Draws(Profile profile) => [this];

    /// <summary>Lower-case name of an enum's value.</summary>
    protected static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>A condition that is an edit of the checkpoint's weights.</summary>
public abstract record EditedCondition : Condition
{
    /// <summary>The edit.</summary>
    /// <param name="regions">Importance and regions of the checkpoint.</param>
    public abstract Intervention Edit(RegionLibrary regions);
}

/// <summary>The checkpoint as it is.</summary>
public sealed record Unedited : EditedCondition
{
    /// <inheritdoc/>
    public override string Id => "base";

    /// <inheritdoc/>
    public override bool DependsOnImportance => false;

    /// <inheritdoc/>
    public override bool HasRegion => false;

    /// <inheritdoc/>
    public override Intervention Edit(RegionLibrary regions) => Intervention.None;
}
