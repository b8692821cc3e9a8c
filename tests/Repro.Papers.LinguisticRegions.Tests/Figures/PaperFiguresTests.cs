using Repro.Harness.Figures;
using Repro.Harness.Goldens;

namespace Repro.Papers.LinguisticRegions.Tests.Figures;

/// <summary>The figures of a made-up run, held against its tables.</summary>
public sealed class PaperFiguresTests
{
    private const double Rounding = 2e-6;

    private static IReadOnlyList<Figure> Figures => MadeUpRun.Figures;

    [Test]
    public void Every_table_of_perplexities_is_in_one_figure() =>
        Figures.SelectMany(f => f.Tables).Should().OnlyHaveUniqueItems().And.BeEquivalentTo(
            MadeUpRun.Results.Where(r => r.Texts.Values.Any(t => t.NatsPerToken.Count > 0)).Select(r => r.Table));

    [Test]
    public void A_legend_tells_its_series_apart_and_a_caption_says_what_to_see()
    {
        Figures.Select(f => f.Id).Should().OnlyHaveUniqueItems();
        Figures.Should().OnlyContain(f => f.Caption.Contains("Look ", StringComparison.Ordinal));
        Figures.SelectMany(f => f.Panels).Should().AllSatisfy(panel => panel.Series.Select(s => s.Name).Should().OnlyHaveUniqueItems());
    }

    [Test]
    public void A_mark_is_the_measured_number_within_its_interval()
    {
        TextResult italian = Measured("table-14").Texts["Italian"];
        FigurePoint top = Point("table-14", "", "Top 3 %", "Italian");
        top.Nats.Value.Should().BeApproximately(italian.NatsPerToken["top 3% core large"], Rounding);
        top.Increase!.Value.Should().BeApproximately(italian.NatsPerToken["top 3% core large"] - italian.NatsPerToken["base"], Rounding);
        Figures.SelectMany(f => f.Panels).SelectMany(p => p.Series).SelectMany(s => s.Points).Should().OnlyContain(p => p.Nats.Low <= p.Nats.Value && p.Nats.Value <= p.Nats.High);
    }

    [Test]
    public void Random_is_the_mean_of_its_draws()
    {
        double[] draws = [.. Measured("table-14").Texts["Italian"].NatsPerToken.Where(n => n.Key.StartsWith("random 3%", StringComparison.Ordinal)).Select(n => n.Value)];
        draws.Should().HaveCount(19);
        Point("table-14", "", "Random 3 %", "Italian").Nats.Value.Should().BeApproximately(draws.Average(), Rounding);
    }

    [Test]
    public void The_papers_number_stands_beside_the_measured_one_where_it_has_one()
    {
        Point("figure-05", "Chinese", "all trained, rate 1e-3", "100K").Nats.Paper.Should().BeApproximately(Math.Log(563.423), 1e-3);
        Point("figure-05", "Chinese", "Random 5 % frozen, rate 1e-3", "100K").Nats.Paper.Should().BeNull("a random frozen region is this project's control");
    }

    [Test]
    public void Training_curves_carry_the_papers_names() =>
        Figures.Single(f => f.Id == "table-02").Panels[0].Series.Select(s => s.Name).Should().Equal(
            "Top & Freeze", "Bottom & Freeze", "Top & Unfreeze, true zero", "Top & Unfreeze, masters restored");

    private static TableResult Measured(string id) => MadeUpRun.Results.Single(r => r.Table == id);

    private static FigurePoint Point(string figure, string panel, string series, string label) =>
        Figures.Single(f => f.Id == figure).Panels.Single(p => p.Title == panel).Series.Single(s => s.Name == series).Points.Single(p => p.Label == label);
}
