using Repro.Paper.Claims;
using Repro.Paper.Experiments;

namespace Repro.Paper.Tests.Claims;

/// <summary>The claims' own statistics on the paper's numbers: the instrument must find what the paper says.</summary>
public sealed class PublishedWorldTests
{
    private static readonly PublishedWorld Paper = new(Project.Published);

    [TestCase(RegionKind.Top, 0.03, SampleSize.Large, "ar", 127208.25)]
    [TestCase(RegionKind.Top, 0.03, SampleSize.Small, "ar", 115398.328)]
    [TestCase(RegionKind.Bottom, 0.01, SampleSize.Large, "zh", 8.561)]
    [TestCase(RegionKind.Random, 0.05, SampleSize.Large, "vi", 9.015)]
    [TestCase(RegionKind.Base, 0, SampleSize.Large, "sw", 75.908)]
    public void Core_conditions_find_their_cell(RegionKind kind, double ratio, SampleSize samples, string language, double perplexity) =>
        Math.Exp(Paper.Nats(new Condition(kind, ratio, samples), language)).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [TestCase(RegionKind.Top, SampleSize.Small, "ru", "uk", 18.147)]
    [TestCase(RegionKind.Top, SampleSize.Large, "ko", "ja", 15.062)]
    [TestCase(RegionKind.Bottom, SampleSize.Large, "vi", "vi", 5.874)]
    public void Monolingual_conditions_find_their_cell(RegionKind kind, SampleSize samples, string region, string language, double perplexity) =>
        Math.Exp(Paper.Nats(new Condition(kind, 0.01, samples, region), language)).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [Test]
    public void The_papers_top_removal_lies_inside_the_bound_in_every_language()
    {
        Claim claim = PaperClaims.All.Single(c => c.Id == "table-14-top-3");
        claim.Rows.Select(r => r.Statistic(Paper)).Should().HaveCount(30).And.OnlyContain(v => v > claim.Bound.Low);
    }

    [TestCase("ru")]
    [TestCase("es")]
    [TestCase("ar")]
    [TestCase("zh")]
    [TestCase("ko")]
    [TestCase("vi")]
    public void The_papers_monolingual_removal_hurts_its_own_language_most(string language)
    {
        Claim claim = PaperClaims.All.Single(c => c.Id == $"{PaperExperiments.MonolingualTable(language)}-{language}-own");
        claim.Rows.Select(r => r.Statistic(Paper)).Should().HaveCount(2).And.OnlyContain(v => v > 0);
    }
}
