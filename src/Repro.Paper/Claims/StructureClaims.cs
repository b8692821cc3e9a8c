using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Paper.Experiments.Quantities;

namespace Repro.Paper.Claims;

/// <summary>What the paper says about the region itself: Section 2.2, Figure 2, Section 3.2 and Appendix B.</summary>
public static class StructureClaims
{
    private const double TimesChance = 10;
    private const double SameRanking = 0.5;
    private const double GoodApproximation = 0.8;

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> All() => [Concentration(), Overlap(), Ranks(), FirstOrder()];

    private static Claim Concentration() => new()
    {
        Id = "figure-02-concentrated",
        Table = "Figure 2",
        Sentence = "The core region is concentrated in rows and columns",
        Statistic = "Gini coefficient of Top 5 % members per row or column, less that of a random region of equal size",
        Bound = Bound.Above(0),
        Rationale = "A region without concentration is as uneven as a random one; intervals are those of 600 random regions. The untrained control is as concentrated: this says how gradients are spread, not what training has made.",
        Kind = ClaimKind.OfTheMethod,
        Experiments = ["figure-02"],
        Languages = [],
        Rows =
        [
            .. from matrix in WeightRoles.Matrices
               from axis in Enum.GetValues<MatrixAxis>()
               select new ClaimRow($"{WeightTypes.PaperName(matrix)} {(axis == MatrixAxis.Row ? "rows" : "columns")}", w => w.Quantity(ConcentrationQuantities.Gini(matrix, axis))),
        ],
    };

    private static Claim Overlap() => new()
    {
        Id = "appendix-b-overlap",
        Table = "Appendix B",
        Sentence = "A tenth of the samples finds the same core region",
        Statistic = $"Jaccard overlap of the two regions, less {TimesChance:0} times that of two random ones",
        Bound = Bound.Above(0),
        Rationale = "Two random regions of ratio r overlap by r / (2 − r); ten times that is far beyond chance and leaves room for a small sample.",
        Experiments = ["appendix-b"],
        Kind = ClaimKind.OfTheMethod,
        Languages = [],
        Rows =
        [
            .. ConsistencyQuantities.Ratios.Select(ratio => new ClaimRow($"{ratio * 100:0} %", w => w.Quantity(ConsistencyQuantities.Overlap(ratio)) - (TimesChance * ratio / (2 - ratio)))),
        ],
    };

    private static Claim Ranks() => new()
    {
        Id = "appendix-b-ranks",
        Table = "Appendix B",
        Sentence = "A tenth of the samples ranks weights alike",
        Statistic = "Spearman's correlation of core importance from the two sample sizes, mean over tensors",
        Bound = Bound.Above(SameRanking),
        Rationale = "Consistent findings need rankings that agree more than they differ; 0.5 is half way from none to complete agreement.",
        Experiments = ["appendix-b"],
        Kind = ClaimKind.OfTheMethod,
        Languages = [],
        Rows = [new ClaimRow("all tensors", w => w.Quantity(ConsistencyQuantities.Ranks))],
    };

    private static Claim FirstOrder() => new()
    {
        Id = "equation-04-first-order",
        Table = "Section 2.2",
        Sentence = "First-order importance ranks weights as their removal one by one does",
        Statistic = "Spearman's correlation of |gθ| (Eq. 4) with |L(θ) − L(θ | θ_j = 0)| (Eq. 2)",
        Bound = Bound.Above(GoodApproximation),
        Rationale = "An approximation that is used in place of the exact number must rank weights almost alike; 0.8 is a usual line for a strong correlation.",
        Experiments = ["equation-04"],
        Kind = ClaimKind.OfTheMethod,
        Languages = [],
        Rows = [.. WeightTypes.All.Select(type => new ClaimRow(WeightTypes.PaperName(type), w => w.Quantity(ApproximationQuantities.Key(type))))],
    };
}
