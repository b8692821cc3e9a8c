using Repro.Engine.Files;
using Repro.Harness.Goldens;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Tests.TinyPaper;

namespace Repro.Harness.Tests.Papers;

public sealed class PaperTests
{
    private static readonly Paper Paper = new RedundancyPaper();
    private static readonly Profile Profile = RedundancyPaper.Own;

    [Test]
    public void Claims_are_selected_by_their_own_id_or_by_their_tables()
    {
        Paper.Select(Profile, []).Select(c => c.Id).Should().Equal(RedundancyPaper.Claimed);
        Paper.Select(Profile, [RedundancyPaper.Claimed]).Should().ContainSingle();
        Paper.Select(Profile, [RedundancyPaper.Table, RedundancyPaper.Claimed]).Should().ContainSingle("it is not decided twice");
    }

    [Test]
    public void A_claim_that_is_not_there_is_named() =>
        FluentActions.Invoking(() => Paper.Select(Profile, [RedundancyPaper.Claimed, "another"])).Should().Throw<InputException>().WithMessage("There is no claim 'another'*");

    [Test]
    public void A_profile_is_found_by_its_name_and_a_missing_one_is_named_with_those_there_are()
    {
        Paper.Profile("redundancy").Should().BeSameAs(Profile);
        FluentActions.Invoking(() => Paper.Profile("large")).Should().Throw<InputException>().WithMessage("There is no profile 'large'; the profiles are: redundancy.");
    }

    [Test]
    public void It_has_a_golden_for_every_table_and_claim_and_for_the_controls() =>
        GoldenFolder.Names(Paper, Profile).Should().Equal(GoldenName.OfTable(RedundancyPaper.Table), GoldenName.OfClaim(RedundancyPaper.Claimed), GoldenName.Robustness, GoldenName.Untrained);

    [Test]
    public void Figures_of_several_tables_are_the_papers_to_have() => Paper.JointFigures(Profile, Paper.Tables(Profile)).Should().BeEmpty();
}
