using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using Repro.Papers.LinguisticRegions.Quantities;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Section 3.3's single dimensions and weights: Figure 3, Table 4 and Figure 4; and the positive control.</summary>
internal sealed class Perturbations : TableFamily
{
    private const double SameToTheBit = 1e-6;
    private const int TopDimensions = 5;
    private const int RandomDimensions = 2;

    /// <summary>The paper's "1-st layer" is index 0 or 1.</summary>
    private static readonly int[] Layers = [0, 1];

    private static readonly ResidualDimension First = new(1);
    private static readonly ResidualDimension[] RandomOnes = [.. Enumerable.Range(0, RandomDimensions).Select(ResidualDimension.Random)];
    private static readonly Language Chinese = PaperLanguages.Get("zh");
    private static readonly Language[] Texts = [Chinese, PaperLanguages.Get("en")];

    /// <inheritdoc/>
    public override int Place => 6;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published)
    {
        IMeasurements numbers = PublishedNumbers.Of((condition, text) => text == Chinese && !published.IsModel(PublishedNumbers.Smaller) ? Printed(published, condition) : null);
        PaperTable Table(string id, string name, string title, MeasurementPlan plan, UntrainedControl untrained, params IEnumerable<Claim> claims) => new(id, name, title, plan, claims, profile)
        {
            Published = numbers,
            Figure = PaperFigures.ByCondition(id, title, plan, profile, numbers),
            Untrained = untrained,
        };

        yield return Table("figure-03", "Figure 3", "One dimension of Attn.o and FFN.down re-initialised in every block", DimensionsPlan(profile), UntrainedControl.Thorough, [Outstanding(), RandomDimension(), SameDimension(), .. NamedDimensions(profile)]);
        yield return Table("table-04", "Table 4", "One weight of an input norm reset to 1 or multiplied by 10", WeightsPlan(), UntrainedControl.Thorough, Reset(), TimesTen(), OtherWeights());
        yield return Table("figure-04", "Figure 4", "Continuations while one weight of the first input norm is multiplied by 4", ContinuationsPlan(), UntrainedControl.Never, TimesFour(), WorseText());
        yield return Table("control-planted", "Control", "Positive control: a planted critical weight", PlantedPlan(), UntrainedControl.Never, PlantedSame(), PlantedFound(), PlantedExplodes());
    }

    private static MeasurementPlan DimensionsPlan(Profile profile) => new(
        [
            Condition.Base,
            .. from dimension in Enumerable.Range(1, TopDimensions).Select(rank => new ResidualDimension(rank)).Concat(RandomOnes)
               from draw in new DimensionReinitialised(dimension).Draws(profile)
               select draw,
        ],
        Texts)
    {
        Quantities = [.. KeyDimensions.Indices, .. KeyDimensions.Places(Layers), .. KeyDimensions.Outstanding(profile)],
    };

    private static Claim Outstanding()
    {
        IEnumerable<ResidualDimension> others = [.. Enumerable.Range(3, TopDimensions - 2).Select(rank => new ResidualDimension(rank)), .. RandomOnes];
        return new Claim
        {
            Id = "figure-03-outstanding",
            Sentence = "Two dimensions stand out by more than 0.03 nats when they are re-initialised",
            Rows = [.. new[] { 1, 2 }.Select(rank => new ClaimRow($"top {rank}", Reinitialised(new ResidualDimension(rank)) - Max(others.Select(Reinitialised))))],
            Bound = Bound.Above(NoChange),
            Rationale = "In Figure 3 the two dimensions substantially surpass the other three of the top five and the random ones: by more than what counts as no change.",
        };
    }

    private static Claim SameDimension() => new()
    {
        Id = "figure-03-same-dimension",
        Sentence = "The dimension that Section 3.3 ranks first has the most important weight of the first layer's input norm too",
        Rows = [.. Layers.Select(layer => new ClaimRow($"layer {layer}", Quantity(KeyDimensions.Place(layer))))],
        AnyRow = true,
        Bound = Bound.Below(1.5),
        Rationale = "Figure 3 and Table 4 both name dimension 2100: the place of its norm weight by Eq. 4 must be the first, in layer 0 or 1.",
    };

    private static IEnumerable<Claim> NamedDimensions(Profile profile) => KeyDimensions.Outstanding(profile).Select(quantity => new Claim
    {
        Id = "figure-03-named-dimensions",
        Sentence = "The two dimensions ranked first are those that stand out in the paper's model",
        Rows = [new ClaimRow("of two", Quantity(quantity.Id))],
        Bound = Bound.Above(1.5),
        Rationale = "2100 and 4743 on LLaMA-2-13B (Section 3.3), 1415 and 2533 on 7B: the dimensions of massive activations (Sun et al., 2024) in both models.",
        Kind = ClaimKind.ModelIndependent,
    });

    private static Claim RandomDimension() => new()
    {
        Id = "figure-03-random",
        Sentence = "Re-initialising a random dimension moves Chinese by no more than 0.03 nats",
        Rows = [.. RandomOnes.Select(d => new ClaimRow($"{d}", Reinitialised(d)))],
        Bound = Bound.Within(NoChange),
        Rationale = "'Almost indistinguishable from the unperturbed state'; 0.03 nats is the bound that core Bottom has.",
        Kind = ClaimKind.NoEffect,
    };

    private static MeasurementPlan WeightsPlan() => new(
        [
            Condition.Base,
            .. from layer in Layers
               from change in new[] { NormWeightChange.Reset, NormWeightChange.TimesTen }
               from dimension in RandomOnes.Prepend(First)
               select new NormWeightEdited(layer, dimension, change),
        ],
        Texts);

    private static Claim Reset() => new()
    {
        Id = "table-04-reset",
        Sentence = "Resetting one weight of the first layer's input norm to 1 leaves Chinese worse than finding every token equally likely",
        Rows = [.. Layers.Select(layer => new ClaimRow($"layer {layer}", ExcessOverUniform(new NormWeightEdited(layer, First, NormWeightChange.Reset), Chinese)))],
        AnyRow = true,
        Bound = Bound.Above(0),
        Rationale = "In layer 0 or 1, the paper's \"1-st\". The paper's 83,224 exceeds its vocabulary of 32,000: worse than finding every token equally likely.",
        Gate = Gate(Layers),
    };

    private static Claim TimesTen() => new()
    {
        Id = "table-04-times-10",
        Sentence = "Multiplying one weight of the first layer's input norm by 10 hurts more than five times as much as multiplying another",
        Rows =
        [
            .. from layer in Layers
               let random = Mean(RandomOnes.Select(d => Edited(layer, d, NormWeightChange.TimesTen)))
               select new ClaimRow($"layer {layer}", Edited(layer, First, NormWeightChange.TimesTen) - (TimesRandom * random)),
        ],
        AnyRow = true,
        Bound = Bound.Above(0),
        Rationale = "In layer 0 or 1, the paper's \"1-st\". The paper's weight adds 6.6 nats and its random ones less than 0.01; 5 times is the factor that the core region's claims use.",
    };

    private static Claim OtherWeights() => new()
    {
        Id = "table-04-others",
        Sentence = "Changing a random weight of an input norm moves Chinese by no more than 0.03 nats",
        Rows =
        [
            .. from layer in Layers
               from change in new[] { NormWeightChange.Reset, NormWeightChange.TimesTen }
               from dimension in RandomOnes
               select new ClaimRow($"layer {layer}, {dimension}, {(change == NormWeightChange.Reset ? "reset" : "times 10")}", Edited(layer, dimension, change)),
        ],
        Bound = Bound.Within(NoChange),
        Rationale = "The paper's largest change is 0.001 nats; 0.03 is the bound that core Bottom has.",
        Kind = ClaimKind.NoEffect,
    };

    private static MeasurementPlan ContinuationsPlan() => new([Condition.Base, .. Layers.SelectMany(layer => new[] { TimesFourAt(layer, First), TimesFourAt(layer, RandomOnes[0]) })], Texts)
    {
        Quantities = Continuations.All,
        Written = [.. Continuations.Edited.Prepend(Condition.Base).Select(c => new WrittenText(c.Id, (session, context) => Continuations.Text(session, c, context)))],
    };

    private static Claim TimesFour() => new()
    {
        Id = "figure-04-perplexity",
        Sentence = "Multiplying one weight by 4 hurts more than five times as much as multiplying another",
        Rows = [.. Layers.Select(layer => new ClaimRow($"layer {layer}", Increase(TimesFourAt(layer, First), Chinese) - (TimesRandom * Increase(TimesFourAt(layer, RandomOnes[0]), Chinese))))],
        AnyRow = true,
        Bound = Bound.Above(0),
        Rationale = "In layer 0 or 1, the paper's \"1-st\". The paper's weight adds 3.8 nats and its random one none; 5 times is the factor that the core region's claims use.",
    };

    private static Claim WorseText()
    {
        (NormWeightEdited first, NormWeightEdited random) = (Continuations.Edited[0], Continuations.Edited[1]);
        return new Claim
        {
            Id = "figure-04-text",
            Sentence = "The text that the model then writes is worse and more repetitive",
            Rows =
            [
                new ClaimRow("nats per token, rise", Quantity(Continuations.Surprise(first)) - Quantity(Continuations.Surprise(random))),
                new ClaimRow("repeated four-grams, rise", Quantity(Continuations.Repetition(first)) - Quantity(Continuations.Repetition(random))),
            ],
            Bound = Bound.Above(NoChange),
            Rationale = "The paper's sample is nonsense that repeats itself: less likely to the untouched model, and with more repeated runs of four tokens, each held against a random weight in layer 0; 0.03 nats are no change, and neither are 3 % of the runs.",
        };
    }

    private static MeasurementPlan PlantedPlan() => new(
        [Condition.Base, new Planted(Reset: false), new Planted(Reset: true), .. RandomOnes.Select(d => new NormWeightEdited(0, d, NormWeightChange.Reset))],
        Texts)
    {
        Quantities = PlantedRank.All,
    };

    private static Claim PlantedSame() => new()
    {
        Id = "control-planted-same",
        Sentence = "Planting a critical weight changes no output",
        Rows = [new ClaimRow("planted", Increase(new Planted(Reset: false), Chinese))],
        Bound = Bound.Within(SameToTheBit),
        Rationale = "A rescaling by a power of two moves no bit of a product; sums may be taken in another order.",
        Kind = ClaimKind.NoEffect,
    };

    private static Claim PlantedFound() => new()
    {
        Id = "control-planted-found",
        Sentence = "Importance finds the planted weight",
        Rows = [new ClaimRow("planted", Quantity(PlantedRank.Key))],
        Bound = Bound.Below(1.5),
        Rationale = "First of its vector, as the weight was before: |gθ| does not change under the rescaling, so this checks the instrument. A weight planted where importance was low stays unseen (a limit of Eq. 4; the golden has its place).",
        Kind = ClaimKind.NoEffect,
    };

    private static Claim PlantedExplodes() => new()
    {
        Id = "control-planted-explodes",
        Sentence = "Resetting the planted weight leaves Chinese worse than finding every token equally likely",
        Rows = [new ClaimRow("planted", ExcessOverUniform(new Planted(Reset: true), Chinese))],
        Bound = Bound.Above(0),
        Rationale = "The instrument that judges Table 4 must see an explosion where there is one.",
        Gate = Gate([0]),
    };

    private static NormWeightEdited TimesFourAt(int layer, ResidualDimension dimension) => new(layer, dimension, NormWeightChange.TimesFour);

    private static Statistic Reinitialised(ResidualDimension dimension) => Increase(new DimensionReinitialised(dimension), Chinese);

    private static Statistic Edited(int layer, ResidualDimension dimension, NormWeightChange change) => Increase(new NormWeightEdited(layer, dimension, change), Chinese);

    private static IReadOnlyList<GateCondition> Gate(IEnumerable<int> layers) =>
    [
        .. from layer in layers
           from dimension in RandomOnes
           select new GateCondition($"{dimension} weight of layer {layer} near base", new NormWeightEdited(layer, dimension, NormWeightChange.Reset), NoChange),
    ];

    // The paper's dimensions are numbers of LLaMA-2-13B: 2100 stands out, 2800 and 4200 are the random ones. Figure 4 prints 2100 and 4200.
    private static decimal? Printed(PublishedNumbers published, Condition condition)
    {
        if (condition == Condition.Base)
            return published.ChineseBase(larger: true);
        if (condition is not NormWeightEdited edit)
            return null;
        bool isFirst = edit.Dimension == First;
        if (edit.Change == NormWeightChange.TimesFour)
            return published.Statement($"13B perplexity on Chinese, weight {(isFirst ? 2100 : 4200)} times 4");
        string? number = isFirst ? "2100" : edit.Dimension == RandomOnes[0] ? "2800" : edit.Dimension == RandomOnes[1] ? "4200" : null;
        return published.Table(4).Find([edit.Change == NormWeightChange.Reset ? "Reset 1" : "Mul 10", $"L1-N{number}"], _ => true);
    }
}
