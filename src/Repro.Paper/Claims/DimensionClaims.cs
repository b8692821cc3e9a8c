using System.Globalization;
using Repro.Engine.Regions;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Claims;

/// <summary>Section 3.3, Structured Removal, and Appendix D: Tables 3, 7 and 8.</summary>
public static class DimensionClaims
{
    private const double TimesRandom = 5;
    private const double NoNoticeableEffect = 0.03;
    private const double RandomEffect = 0.25;

    /// <summary>The claims, table by table.</summary>
    public static IEnumerable<Claim> All() => Enum.GetValues<DimensionScope>().SelectMany(scope => new[] { Top(scope), Others(scope), Random(scope) });

    private static Claim Top(DimensionScope scope) => Create(
        scope,
        "top",
        $"Removing the top dimensions {Where(scope)} hurts the model",
        $"increase of nats per token by Top, less {TimesRandom:0} times that by Random (mean of draws)",
        Bound.Above(0),
        "In the paper's 7B rows Top adds at least 100 times what Random adds, where Random adds anything; 5 times is the factor that the core region's claims use.",
        ClaimKind.Effect,
        from count in PaperExperiments.DimensionCounts
        from language in PaperExperiments.DimensionLanguages
        select new ClaimRow(
            $"{language.Name}, N_d {count}",
            w => w.Increase(new DimensionRemoval(scope, DimensionKind.Top, count), language.Key)
                - (TimesRandom * w.Increase(new DimensionRemoval(scope, DimensionKind.Random, count), language.Key))));

    private static Claim Others(DimensionScope scope) => Create(
        scope,
        "others",
        $"Removing middle or bottom dimensions {Where(scope)} has no noticeable effect",
        "increase of nats per token by Middle and Bottom",
        Bound.Within(NoNoticeableEffect),
        "The paper's largest change under Middle or Bottom is 0.004 nats (Table 3, 7B); 0.03 is the bound that core Bottom has.",
        ClaimKind.NoEffect,
        from kind in new[] { DimensionKind.Middle, DimensionKind.Bottom }
        from count in PaperExperiments.DimensionCounts
        select new ClaimRow($"{kind}, N_d {count}", w => w.Increase(new DimensionRemoval(scope, kind, count), "zh")));

    private static Claim Random(DimensionScope scope) => Create(
        scope,
        "random",
        $"Removing random dimensions {Where(scope)} has no noticeable effect",
        "increase of nats per token by Random (mean of draws)",
        Bound.Below(RandomEffect),
        "The paper's largest change under Random is 0.18 nats (Table 3, 13B, N_d 10); 0.25 is the bound that a random region has.",
        ClaimKind.NoEffect,
        from count in PaperExperiments.DimensionCounts
        select new ClaimRow($"N_d {count}", w => w.Increase(new DimensionRemoval(scope, DimensionKind.Random, count), "zh")));

    private static Claim Create(
        DimensionScope scope, string name, string sentence, string statistic, Bound bound, string rationale, ClaimKind kind, IEnumerable<ClaimRow> rows)
    {
        string experiment = PaperExperiments.DimensionTable(scope);
        return new Claim
        {
            Id = $"{experiment}-{name}",
            Table = $"Table {int.Parse(experiment.AsSpan("table-".Length), CultureInfo.InvariantCulture)}",
            Sentence = sentence,
            Statistic = statistic,
            Bound = bound,
            Rationale = rationale,
            Kind = kind,
            Experiments = [experiment],
            Languages = PaperExperiments.DimensionLanguages,
            Rows = [.. rows],
        };
    }

    private static string Where(DimensionScope scope) => scope switch
    {
        DimensionScope.AttentionAndFeedForward => "of attention and feed-forward",
        DimensionScope.Attention => "of attention",
        _ => "of attention along the other axis",
    };
}
