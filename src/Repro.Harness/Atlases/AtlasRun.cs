using System.Globalization;
using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Harness.Verification;
using static Repro.Harness.Claims.Measures;

namespace Repro.Harness.Atlases;

/// <summary>Measures an atlas; what was measured is kept and recalled.</summary>
public static class AtlasRun
{
    private const double Ratio = 0.01;
    private const double Level = 0.95;

    private static readonly double[] Doses = [0.001, 0.003, Ratio, 0.03, 0.05];

    /// <summary>Measures the atlas of a checkpoint on the languages of a corpus.</summary>
    /// <param name="name">What to call the checkpoint.</param>
    /// <param name="configuration">Checkpoint, corpus, device and store; the profile gives readings, draws and the most samples and test lines.</param>
    /// <param name="known">The texts that the paper knows; any other is called by its code.</param>
    /// <param name="regionLanguages">The languages whose regions are located; empty for all that have enough training lines.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellation">Ends the run between two batches.</param>
    /// <exception cref="Engine.Files.InputException">Checkpoint or corpus can't be used.</exception>
    public static Atlas Execute(string name, RunConfiguration configuration, IReadOnlyList<GroupedText> known, IReadOnlyList<string> regionLanguages, RunObserver observer, CancellationToken cancellation)
    {
        AtlasTexts texts = AtlasTexts.Find(configuration, known, regionLanguages);
        Profile profile = texts.Configuration.Profile;
        IReadOnlyList<TestText> located = profile.Texts.Importance;
        MeasurementPlan plan = new(
            [Condition.Base, .. located.Select(Own), .. Doses.SelectMany(dose => Random(dose).Draws(profile).Prepend(Top(dose)))], profile.Texts.Test);
        using ModelSession session = new(texts.Configuration);
        string hash = session.CheckpointHash();
        long total = WorkPlan.Units(session, plan);
        long done = 0;
        RunContext context = new(
            (units, activity) =>
            {
                done = Math.Min(total, done + units);
                observer.Progress?.Invoke(new RunProgress(done, total, activity));
            },
            cancellation);
        MeasurementCache cache = new(session);
        BootstrapMeasurements measured = new(cache.Measure(plan, [.. plan.Regions], context), profile);
        double[][] added = [.. profile.Texts.Test.Select(text => located.Select(own => Value(measured, Increase(Own(own), text))).ToArray())];
        double[,] distances = Distances(added);
        LanguageTree tree = LanguageTree.Of([.. profile.Texts.Test.Select(t => t.Code)], distances);
        TestText[] ordered = [.. tree.Leaves().Select(code => profile.Texts.Test.Single(t => t.Code == code))];
        TestText[] rows = [.. ordered.Where(located.Contains)];
        return new Atlas
        {
            Checkpoint = name,
            Provenance = Provenance.Of(session, hash) with { Command = "repro atlas" },
            Languages = [.. ordered.Select(t => Describe(t, GroupsOf(t, known), located.Contains(t), measured, session))],
            LeftOut = texts.LeftOut,
            Increases = IncreaseFigure(rows, ordered).Fill(measured),
            Doses = DoseFigure(rows).Fill(measured),
            Overlaps = RegionOverlaps.Of(session, rows, Ratio, context),
            OverlapByChance = Ratio / (2 - Ratio),
            Profiles = [.. rows.Select(t => RegionProfiles.Of(t.Code, session.Regions.Get(Own(t).Region), session.Config))],
            Tree = tree,
            Groups = Groups(profile, known, distances),
        };
    }

    private static RegionRemoval Own(TestText text) => new(RegionKind.Top, Ratio, own: text.Code);

    private static RegionRemoval Top(double ratio) => new(RegionKind.Top, ratio);

    private static RegionRemoval Random(double ratio) => new(RegionKind.Random, ratio);

    private static double Value(BootstrapMeasurements measured, Statistic statistic) => measured.Interval(statistic, Level).Value;

    private static double[,] Distances(double[][] added)
    {
        double[,] distances = new double[added.Length, added.Length];
        for (int i = 0; i < added.Length; i++)
        {
            for (int j = 0; j < added.Length; j++)
                distances[i, j] = i == j ? 0 : LanguageTree.DistanceOf(added[i], added[j]);
        }

        return distances;
    }

    private static IReadOnlyDictionary<string, string> GroupsOf(TestText text, IReadOnlyList<GroupedText> known) =>
        known.FirstOrDefault(k => k.Text == text)?.Groups ?? new Dictionary<string, string>();

    private static AtlasLanguage Describe(TestText text, IReadOnlyDictionary<string, string> groups, bool hasRegion, BootstrapMeasurements measured, ModelSession session)
    {
        Interval nats = measured.Interval(LogPerplexity(Condition.Base, text), Level);
        return new AtlasLanguage(text.Code, text.Name, groups, hasRegion, session.Texts.Test(text).Count, new Estimate(nats.Value, nats.Low, nats.High, null));
    }

    private static GroupDistance[] Groups(Profile profile, IReadOnlyList<GroupedText> known, double[,] distances)
    {
        IReadOnlyDictionary<string, string>[] groups = [.. profile.Texts.Test.Select(t => GroupsOf(t, known))];
        return
        [
            .. groups.SelectMany(g => g.Keys).Distinct()
                .Select(grouping => GroupDistance.Of(grouping, [.. groups.Select(g => g.GetValueOrDefault(grouping))], distances, SplitMix.Derive(profile.Seed, $"atlas {grouping}")))
                .OfType<GroupDistance>(),
        ];
    }

    private static FigurePlan IncreaseFigure(TestText[] rows, TestText[] columns) => new(
        "increases",
        [],
        "What each region costs every language",
        "Rows are the regions that are removed, 1 % of every matrix less the other languages' (Eq. 5), columns the languages that are measured, in the order of the tree. A number is the factor of perplexity.",
        FigureKind.HeatMap,
        "language",
        [.. rows.Select(row => new PlannedSeries("", row.Name, [.. columns.Select(column => new PlannedPoint(column.Name, null, Own(row), column, Condition.Base))], Nothing))]);

    private static FigurePlan DoseFigure(TestText[] languages) => new(
        "doses",
        [],
        "How much is lost as more is removed",
        "Perplexity on a log axis as more of the core region, or of random weights, is removed.",
        FigureKind.Curves,
        "percent of each matrix removed",
        [
            .. from language in languages
               from curve in new Func<double, RegionRemoval>[] { Top, Random }
               select new PlannedSeries(
                   language.Name,
                   curve(Ratio).Region.Kind.ToString(),
                   [.. Doses.Select(dose => new PlannedPoint(Percent(dose), dose * 100, curve(dose), language, Condition.Base)).Prepend(new PlannedPoint("0 %", 0, Condition.Base, language, null))],
                   Nothing),
        ]);

    // The paper prints no atlas.
    private static PublishedMeasurements Nothing { get; } = new((_, _) => null, 1);

    private static string Percent(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:0.##} %");
}
