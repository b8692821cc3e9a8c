using System.Reflection;
using System.Text.RegularExpressions;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Profiles;

namespace Repro.Paper.Tests.Claims;

public sealed class ClaimCoverageTests
{
    [Test]
    public void Every_claim_has_a_test_of_its_own()
    {
        string source = string.Concat(Directory.EnumerateFiles(Path.Combine(Project.Folder, "tests", "Repro.Paper.Tests", "Claims"), "*Tests.cs").Select(File.ReadAllText));
        IEnumerable<string> tested = Regex.Matches(source, "MustBeAsExpected\\(\"(?<id>[^\"]+)\"\\)").Select(m => m.Groups["id"].Value);
        tested.Should().BeEquivalentTo(PaperClaims.All(PaperProfiles.Tiny).Select(c => c.Id)).And.OnlyHaveUniqueItems();
    }

    [Test]
    public void A_tests_category_is_the_table_of_its_claim()
    {
        string[] categories = [.. typeof(CoreRegionTests).Assembly.GetTypes().Where(t => t.Namespace == typeof(CoreRegionTests).Namespace).SelectMany(t => t.GetMethods()).SelectMany(m => m.GetCustomAttributes<CategoryAttribute>()).Select(c => c.Name)];
        categories.Should().BeEquivalentTo(PaperClaims.All(PaperProfiles.Tiny).Select(c => c.Table));
    }

    [Test]
    public void Every_experiment_decides_a_claim() =>
        PaperExperiments.Ids.Should().BeSubsetOf(PaperClaims.All(PaperProfiles.Tiny).SelectMany(c => c.Experiments));

    [Test]
    public void Every_bound_has_a_rationale() => PaperClaims.All(PaperProfiles.Tiny).Should().OnlyContain(c => c.Rationale.Length > 10 && c.Statistic.Length > 10 && c.Bound != default(Bound) && c.Rows.Count > 0);

    [Test]
    public void Claims_are_selected_by_their_own_id_or_by_their_experiments()
    {
        string[] Ids(params string[] ids) => [.. PaperClaims.Select(PaperProfiles.Tiny, ids).Select(c => c.Id)];
        Ids("table-14-top-3").Should().Equal("table-14-top-3");
        Ids("table-02", "table-01-top-3").Should().HaveCount(6).And.Contain("table-01-top-3").And.Contain("table-02-chinese-slower");
        Ids().Should().Equal(PaperClaims.All(PaperProfiles.Tiny).Select(c => c.Id));
        FluentActions.Invoking(() => Ids("table-02", "table-0")).Should().Throw<Engine.Files.InputException>().WithMessage("*'table-0'*");
    }

    [Test]
    public void An_unknown_claim_is_named() => FluentActions.Invoking(() => PaperClaims.Select(PaperProfiles.Tiny, ["table-99"])).Should().Throw<Engine.Files.InputException>().WithMessage("*table-99*--list*");
}
