using System.Reflection;
using System.Text.RegularExpressions;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;

namespace Repro.Paper.Tests.Claims;

public sealed class ClaimCoverageTests
{
    [Test]
    public void Every_claim_has_a_test_of_its_own()
    {
        string source = string.Concat(Directory.EnumerateFiles(Path.Combine(Project.Folder, "tests", "Repro.Paper.Tests", "Claims"), "*RegionTests.cs").Select(File.ReadAllText));
        IEnumerable<string> tested = Regex.Matches(source, "MustBeAsExpected\\(\"(?<id>[^\"]+)\"\\)").Select(m => m.Groups["id"].Value);
        tested.Should().BeEquivalentTo(PaperClaims.All.Select(c => c.Id)).And.OnlyHaveUniqueItems();
    }

    [Test]
    public void A_tests_category_is_the_table_of_its_claim()
    {
        string[] categories = [.. typeof(CoreRegionTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).SelectMany(m => m.GetCustomAttributes<CategoryAttribute>()).Select(c => c.Name)];
        categories.Should().BeEquivalentTo(PaperClaims.All.Select(c => c.Table));
    }

    [Test]
    public void Every_experiment_decides_a_claim() =>
        PaperExperiments.All(_ => 1).Select(e => e.Id).Should().BeSubsetOf(PaperClaims.All.SelectMany(c => c.Experiments));

    [Test]
    public void Every_bound_has_a_rationale() => PaperClaims.All.Should().OnlyContain(c => c.Rationale.Length > 20);

    [Test]
    public void An_unknown_claim_is_named() => FluentActions.Invoking(() => PaperClaims.Select(["table-99"])).Should().Throw<Engine.Storage.InputException>().WithMessage("*table-99*--list*");
}
