using Repro.Engine.Files;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Tests.Published;

public sealed class PublishedTextTests
{
    private static readonly PublishedPaper Paper = PublishedPaper.Load(Project.Published);

    [Test]
    public void The_paper_has_16_tables() => Paper.Tables.Select(t => t.Table).Should().Equal(Enumerable.Range(1, 16));

    [Test]
    public void Captions_highlight_languages_in_the_tables_of_monolingual_regions_only() =>
        Paper.Tables.Where(t => t.Highlighted is not null).Select(t => t.Table).Should().Equal(5, 9, 10, 11, 12, 13);

    [Test]
    public void Five_numbers_of_the_text_are_tied_to_cells_or_columns_and_three_to_one_another()
    {
        Paper.Text.Statements.Count(s => s.Cell is not null || s.ExceededBy is not null).Should().Be(5);
        Paper.Text.Statements.Select(s => s.ImprovesOn).OfType<string>().Should().HaveCount(3)
            .And.BeSubsetOf(Paper.Text.Statements.Select(s => s.What));
    }

    [Test]
    public void A_missing_text_is_named() =>
        FluentActions.Invoking(() => PublishedText.Load(Project.Folder)).Should().Throw<InputException>().WithMessage("*text.json*restore*");
}
