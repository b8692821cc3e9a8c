using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using Repro.Papers.LinguisticRegions.Quantities;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>What the paper says about the region itself: Figure 2, Section 3.2 with Appendix B, Section 2.2 (Eq. 4), heads (Appendix D) and what languages' regions share (Section 3.4). It prints no number of these.</summary>
internal sealed class RegionStructure : TableFamily
{
    private const double TimesChance = 10;
    private const double SameRanking = 0.5;
    private const double GoodApproximation = 0.8;

    /// <inheritdoc/>
    public override int Place => 5;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published) =>
    [
        new(
            "figure-02",
            "Figure 2",
            "Concentration of the Top 5 % region in rows and columns",
            new MeasurementPlan([], []) { Quantities = ConcentrationQuantities.All, DensityMaps = Densities.All },
            [Concentration()],
            profile)
        {
            Untrained = UntrainedControl.Thorough,
        },
        new("appendix-b", "Appendix B", "Regions and importance from two sample sizes", new MeasurementPlan([], []) { Quantities = ConsistencyQuantities.All }, [Overlap(), Ranks()], profile),
        new("equation-04", "Section 2.2", "First-order importance against exact ablation", new MeasurementPlan([], []) { Quantities = [.. ApproximationQuantities.All, ConsistencyQuantities.OfReleasedCode] }, [FirstOrder("matrices", "equation-04-first-order", WeightRoles.Matrices), FirstOrder("norms", "equation-04-norms", WeightTypes.Norms)], profile)
        {
            IsThorough = true,
        },
        new("appendix-d-heads", "Appendix D", "Concentration of the Top 5 % region in attention heads", new MeasurementPlan([], []) { Quantities = HeadQuantities.All }, [FewHeads()], profile)
        {
            Repetition = Repetition.Never,
            IsThorough = true,
        },
        new("languages-overlap", "Section 3.4", "Regions of the six languages before what they share is taken off", new MeasurementPlan([], []) { Quantities = LanguageOverlapQuantities.All }, [LanguagesShare(), LanguagesDiffer()], profile)
        {
            Repetition = Repetition.Never,
            IsThorough = true,
        },
    ];

    private static Claim Concentration() => new()
    {
        Id = "figure-02-concentrated",
        Sentence = "The core region is concentrated in rows and columns",
        Rows =
        [
            .. from matrix in WeightRoles.Matrices
               from axis in Enum.GetValues<MatrixAxis>()
               select new ClaimRow($"{WeightTypes.PaperName(matrix)} {(axis == MatrixAxis.Row ? "rows" : "columns")}", Quantity(ConcentrationQuantities.Gini(matrix, axis))),
        ],
        Bound = Bound.Above(0),
        Rationale = "The Gini coefficient of Top 5 % members per row or column, less that of a random region of equal size: a region without concentration is as uneven as a random one; intervals are those of 600 random regions. The untrained control is as concentrated: this says how gradients are spread, not what training has made.",
        Kind = ClaimKind.ModelIndependent,
    };

    private static Claim FewHeads() => new()
    {
        Id = "appendix-d-few-heads",
        Sentence = "The core region is spread less evenly over attention heads than it would be with the heads' dimensions in random order",
        Rows = [.. HeadQuantities.Matrices.Select(matrix => new ClaimRow(WeightTypes.PaperName(matrix), Quantity(HeadQuantities.Gini(matrix))))],
        Bound = Bound.Above(0),
        Rationale = "'Largely concentrated in a few attention heads' (Appendix D). The Gini coefficient of Top 5 % members per head, less that with rows of q, k and v, and columns of o, shuffled over the heads: Figure 2's concentration in single dimensions is in both, that in heads in the first alone. Intervals are those of 600 shuffles.",
        Kind = ClaimKind.ModelIndependent,
    };

    private static Claim LanguagesShare() => new()
    {
        Id = "languages-overlap-share",
        Sentence = "The top 1 percent regions of any two of the six languages overlap more than ten times as much as two random regions",
        Rows = [.. LanguageOverlapQuantities.Pairs.Select(pair => new ClaimRow($"{pair.First.Name}, {pair.Second.Name}", Quantity(LanguageOverlapQuantities.Shared(pair.First, pair.Second)) - (TimesChance * LanguageOverlapQuantities.Chance)))],
        Bound = Bound.Above(0),
        Rationale = "What any two languages' regions share is taken off 'aiming to eliminate the core regions' (Section 3.4): a core for all languages lies in each of them. The Jaccard overlap, less ten times that of two random regions of 1 %, r / (2 − r); ten is the factor of Appendix B's claim.",
        Kind = ClaimKind.ModelIndependent,
    };

    private static Claim LanguagesDiffer() => new()
    {
        Id = "languages-overlap-differ",
        Sentence = "The regions from two halves of a language's sample overlap more than the first half's region does with that from the second half of any other language's",
        Rows = [.. PaperLanguages.Region.Select(language => new ClaimRow(language.Name, Quantity(LanguageOverlapQuantities.OwnBeyondOthers(language))))],
        Bound = Bound.Above(LanguageOverlapQuantities.Chance),
        Rationale = "'Each individual language … encompasses independent regions' (Section 1): regions of two languages must differ by more than what other lines of the same language would find. The Jaccard overlap of the two halves' regions, less the largest that the first half's has with another language's second half; by more than two random regions overlap.",
        Kind = ClaimKind.ModelIndependent,
    };

    private static Claim Overlap() => new()
    {
        Id = "appendix-b-overlap",
        Sentence = "A tenth of the samples finds the same core region",
        Rows = [.. ConsistencyQuantities.Ratios.Select(ratio => new ClaimRow($"{ratio * 100:0} %", Quantity(ConsistencyQuantities.Overlap(ratio)) - (TimesChance * ratio / (2 - ratio))))],
        Bound = Bound.Above(0),
        Rationale = "The Jaccard overlap of the two regions, less ten times that of two random ones. Two random regions of ratio r overlap by r / (2 − r); ten times that is far beyond chance and leaves room for a small sample.",
        Kind = ClaimKind.ModelIndependent,
    };

    private static Claim Ranks() => new()
    {
        Id = "appendix-b-ranks",
        Sentence = "A tenth of the samples ranks weights alike",
        Rows = [new ClaimRow("all tensors", Quantity(ConsistencyQuantities.Ranks))],
        Bound = Bound.Above(SameRanking),
        Rationale = "Spearman's correlation of core importance from the two sample sizes, mean over tensors. Consistent findings need rankings that agree more than they differ; 0.5 is half way from none to complete agreement.",
        Kind = ClaimKind.ModelIndependent,
    };

    private static Claim FirstOrder(string of, string id, IEnumerable<WeightRole> types) => new()
    {
        Id = id,
        Sentence = $"First-order importance ranks weights of {of} like exact ablation",
        Rows = [.. types.Select(type => new ClaimRow(WeightTypes.PaperName(type), Quantity(ApproximationQuantities.Key(type))))],
        Bound = Bound.Above(GoodApproximation),
        Rationale = "Spearman's correlation of |gθ| (Eq. 4) with |L(θ) − L(θ | θ_j = 0)| (Eq. 2). An approximation that is used in place of the exact number must rank weights almost alike; 0.8 is a usual line for a strong correlation.",
        Kind = ClaimKind.ModelIndependent,
    };
}
