using Repro.Harness.Readings;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>A text that a model writes, kept for people to read.</summary>
/// <param name="Id">Its key in goldens.</param>
/// <param name="Write">Writes it.</param>
public sealed record WrittenText(string Id, Func<ModelSession, RunContext, string> Write);

/// <summary>What a table needs measured.</summary>
/// <param name="Conditions">The conditions; the one that others are compared with comes first.</param>
/// <param name="Texts">The texts that each is measured on.</param>
public sealed record MeasurementPlan(IReadOnlyList<Condition> Conditions, IReadOnlyList<TestText> Texts)
{
    /// <summary>Numbers that are not perplexities.</summary>
    public IReadOnlyList<Quantity> Quantities { get; init; } = [];

    /// <summary>What is kept of how far its training runs move the weights; their stops are among the conditions.</summary>
    public IReadOnlyList<Displacement> Displacements { get; init; } = [];

    /// <summary>Texts that the model writes.</summary>
    public IReadOnlyList<WrittenText> Written { get; init; } = [];

    /// <summary>Makes pictures of where a region lies; null for none.</summary>
    public Func<ModelSession, IReadOnlyList<DensityMap>>? DensityMaps { get; init; }

    /// <summary>Regions whose selection is described beside the numbers: those that are removed; of random draws the first.</summary>
    public IEnumerable<RegionSpec> DescribedRegions => Conditions.Select(c => c.Removed).OfType<RegionSpec>().Where(r => r.Draw == 0);

    /// <summary>The regions that its conditions and quantities need.</summary>
    public IEnumerable<RegionSpec> Regions => Conditions.SelectMany(c => c.Regions).Concat(Quantities.SelectMany(q => q.Regions)).DistinctBy(r => r.Id);

    /// <summary>Whether any of it depends on importance.</summary>
    public bool NeedsImportance => Conditions.SelectMany(c => c.Readings).Concat(Quantities.SelectMany(q => q.Readings)).Contains(Reading.Importance);

    /// <summary>Every condition on every text.</summary>
    public IEnumerable<(Condition Condition, TestText Text)> Cells => Conditions.SelectMany(c => Texts.Select(t => (c, t)));

    /// <summary>The training runs, each with its stops.</summary>
    public IEnumerable<TrainedCondition[]> Runs => Conditions.OfType<TrainedCondition>().GroupBy(c => c.Run, (_, stops) => stops.ToArray());

    /// <summary>The plan without what needs a text that there is too little of.</summary>
    /// <param name="texts">The texts that there are.</param>
    internal MeasurementPlan Within(TextSet texts) => this with
    {
        Conditions = [.. Conditions.Where(c => c.IsPossible(texts))],
        Texts = [.. Texts.Where(t => !texts.Lacks(t))],
        Quantities = [.. Quantities.Where(q => q.IsPossible(texts))],
        Displacements = [.. Displacements.Where(d => d.Stop.IsPossible(texts))],
        Written = texts.LocatesRegions ? Written : [],
        DensityMaps = texts.LocatesRegions ? DensityMaps : null,
    };
}
