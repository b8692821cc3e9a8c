using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Measuring;

/// <summary>The tiny checkpoint on a few documents, and numbers made by hand: what decides is tried on, not what is found.</summary>
internal sealed class SmallSession : IDisposable
{
    /// <summary>Id of a quantity of 0.5 whose draws are 0, 0.001 … 0.999.</summary>
    public const string Even = "even";

    /// <summary>Id of a quantity of 3 without spread.</summary>
    public const string Exact = "exact";

    private readonly WrittenCorpus corpus = new WrittenCorpus().Add("aa", 30, 25, skip: 0).Add("bb", 30, 25, skip: 100).Add("cc", 30, 25, skip: 200);
    private readonly MeasurementCache cache;

    public SmallSession(Profile? profile = null)
    {
        Model = new ModelSession(new RunConfiguration
        {
            Profile = profile ?? HandMadeProfile.Small,
            Checkpoint = Path.Combine(Project.Folder, "fixtures", "tiny"),
            Corpus = corpus.Path,
            IsProfileOwn = true,
        });
        cache = new MeasurementCache(Model);
    }

    public static IReadOnlyList<TestText> Texts { get; } = [HandMadeProfile.First, HandMadeProfile.Second];

    public static IReadOnlyList<Quantity> Quantities { get; } =
    [
        new(Even, "thousandths", 0.125, (_, _) => new Resampled(0.5, [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0)])),
        new(Exact, "", 0, (_, _) => Resampled.Exact(3)),
    ];

    public ModelSession Model { get; }

    /// <summary>Some conditions on both texts, and the quantities.</summary>
    public static MeasurementPlan Plan(params Condition[] conditions) => new(conditions, Texts) { Quantities = Quantities };

    /// <summary>Measures a plan and describes its regions.</summary>
    public MeasurementSet Measure(MeasurementPlan plan)
    {
        cache.Measure(plan, [.. plan.Regions], RunContext.None);
        return cache.Describe(plan, RunContext.None);
    }

    public void Dispose()
    {
        Model.Dispose();
        corpus.Dispose();
    }
}
