using System.Text.Json.Nodes;
using Repro.Engine.Files;
using Repro.Paper.Figures;
using Repro.Report.Html;
using Repro.Report.Plots;

namespace Repro.Report.Tests;

/// <summary>A results.json that is none is said in a sentence; numbers beyond every scale leave a page.</summary>
public sealed class DamagedResultsTests
{
    [TestCase("", "holds no results")]
    [TestCase("[]", "holds no results")]
    [TestCase("null", "holds nothing (null) at $;")]
    [TestCase("{}", "holds no results")]
    [TestCase("{\"schema\":\"repro-results/9\"}", "is of the form 'repro-results/9'")]
    public void What_holds_no_results_is_refused_in_a_sentence(string json, string sentence)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("results.json"), json);
        FluentActions.Invoking(() => ResultsFile.Read(folder.File("results.json"))).Should().Throw<InputException>().WithMessage($"*results.json {sentence}*'repro verify --out'*");
    }

    [Test]
    public void A_list_with_a_hole_is_refused_with_the_place()
    {
        using TemporaryFolder folder = new();
        JsonNode root = JsonNode.Parse(ResultsFile.ToJson(SampleResults.One))!;
        root["checkpoints"]![0]!["report"]!["verdicts"]![1] = null;
        File.WriteAllText(folder.File("results.json"), root.ToJsonString());
        FluentActions.Invoking(() => ResultsFile.Read(folder.File("results.json"))).Should().Throw<InputException>().WithMessage("*(null) at $.checkpoints[0].report.verdicts[1];*");
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(1e300)]
    [TestCase(-1e300)]
    public void A_figure_of_numbers_beyond_every_scale_is_drawn_all_the_same(double nats)
    {
        Estimate estimate = new(nats, nats, nats, nats);
        FigurePanel panel = new("", [new FigureSeries("Top", [new FigurePoint("Arabic", nats, estimate, estimate)])]);
        foreach (FigureKind kind in Enum.GetValues<FigureKind>())
        {
            Figure figure = new("f", ["e"], "Title", "Caption", kind, "language", [panel]);
            FigurePlot.Draw(figure, panel, "f").Should().StartWith("<svg");
            FigureTable.Of(figure, panel).ToString().Should().Contain("Arabic");
        }
    }
}
