using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Tests.Claims;

/// <summary>The tiny checkpoint on a few documents, and numbers made by hand: what decides is tried on, not what is found.</summary>
internal static class SmallLaboratory
{
    /// <summary>Id of a quantity of 0.5 whose draws are 0, 0.001 … 0.999.</summary>
    public const string Even = "even";

    /// <summary>Id of a quantity of 3 without spread.</summary>
    public const string Exact = "exact";

    public static Profile Profile { get; } = PaperProfiles.Tiny with { SmallSample = 1, LargeSample = 4, TestDocuments = 20, FewDraws = 2, ManyDraws = 3 };

    public static IReadOnlyList<Language> Texts { get; } = [PaperLanguages.Get("en"), PaperLanguages.Get("zh")];

    /// <summary>Opens it; what is measured is kept for this laboratory only.</summary>
    public static Laboratory Open(Profile? profile = null, bool isProfileOwn = true) =>
        new(Setup.Of(profile ?? Profile, Project.Folder) with { IsProfileOwn = isProfileOwn });

    /// <summary>Some conditions on both texts, and the quantities.</summary>
    public static Experiment Experiment(params Condition[] conditions) => new("made-by-hand", "", conditions, Texts)
    {
        Quantities =
        [
            new Quantity(Even, "thousandths", 0.125, (_, _) => new Resampled(0.5, [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0)])),
            new Quantity(Exact, "", 0, (_, _) => Resampled.Exact(3)),
        ],
    };

    /// <summary>Measures some conditions and the quantities.</summary>
    public static Laboratory With(this Laboratory laboratory, params Condition[] conditions)
    {
        laboratory.Measure(Experiment(conditions));
        return laboratory;
    }

    /// <summary>A claim of rows that the test gives.</summary>
    public static Claim Claim(string id, Bound bound, params ClaimRow[] rows) => new()
    {
        Id = id,
        Table = "",
        Sentence = "",
        Statistic = "",
        Bound = bound,
        Rationale = "",
        Experiments = [],
        Languages = Texts,
        Rows = rows,
    };
}
