using Repro.Engine.Seeds;
using Repro.Harness.Claims;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

/// <summary>The paper's tables on some of its languages.</summary>
public sealed class SubsetTests
{
    private static readonly TextSet Whole = PaperLanguages.Texts;

    [Test]
    public void On_any_languages_every_claim_is_decided_on_what_is_there_or_not_at_all()
    {
        SplitMix random = new(1);
        for (int i = 0; i < 30; i++)
        {
            HashSet<TestText> tested = [.. Whole.Test.Concat(Whole.Further.Select(f => f.Text)).Where(_ => random.Below(3) > 0)];
            HashSet<TestText> located = [.. Whole.Importance.Where(_ => random.Below(3) > 0)];
            Profile profile = PaperProfiles.Tiny with { Texts = Whole.Only(tested.Contains, located.Contains) };
            IReadOnlyList<PaperTable> tables = Tested.Paper.Tables(profile);
            tables.SelectMany(t => t.Claims.Concat(t.Undecidable)).Select(c => c.Id).Should().BeEquivalentTo(Tested.Claims.Select(c => c.Id));
            tables.SelectMany(t => t.Plan.Texts).Where(profile.Texts.Lacks).Should().BeEmpty();
            tables.SelectMany(t => t.Plan.Regions).Select(r => r.Own).OfType<string>()
                .Except(located.Select(t => t.Code)).Except(profile.Texts.Shuffled.Select(t => t.Code)).Should().BeEmpty();
        }
    }

    [Test]
    public void On_three_languages_Table_14_is_about_three()
    {
        string[] there = ["ru", "zh", "en"];
        Profile profile = PaperProfiles.Tiny with { Texts = Whole.Only(t => there.Contains(t.Code), t => there.Contains(t.Code)) };
        IReadOnlyList<Claim> claims = Tested.Paper.Claims(profile);
        Claim top = claims.Single(c => c.Id == "table-14-top-3");
        top.Rows.Select(r => r.Label).Should().BeEquivalentTo("Russian", "Chinese", "English");
        top.Sentence.Should().EndWith("(on 3 of 30 texts)");
        PaperTable korean = Tested.Paper.Tables(profile).Single(t => t.Id == "table-12");
        korean.Claims.Should().BeEmpty();
        korean.Undecidable.Should().HaveCount(4);
    }

    [Test]
    public void On_all_languages_nothing_changes() =>
        Tested.Paper.Tables(PaperProfiles.Tiny with { Texts = Whole.Only(_ => true, _ => true) }).SelectMany(t => t.Claims).Select(c => (c.Id, c.Sentence, c.Statistic))
            .Should().Equal(Tested.Claims.Select(c => (c.Id, c.Sentence, c.Statistic)));
}
