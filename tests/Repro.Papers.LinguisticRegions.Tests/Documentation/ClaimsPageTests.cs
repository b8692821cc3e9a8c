using Repro.Harness.Papers;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Documentation;

/// <summary><c>docs/claims.md</c> lists every claim beside what it checks, and nothing that is no claim.</summary>
public sealed class ClaimsPageTests
{
    private static readonly ClaimsPage Page = ClaimsPage.Parse(File.ReadAllText(Path.Combine(Project.Folder, "docs", "claims.md")));

    // A few claims are decided only on the paper's own models.
    private static readonly PaperTable[] Tables = [.. Tested.Tables, .. PaperProfiles.FullSizes.SelectMany(Tested.Paper.Tables)];

    private static readonly string[] Claims = [.. Tables.SelectMany(t => t.Claims).Select(c => c.Id).Distinct()];

    [Test]
    public void Every_claim_stands_on_the_page() =>
        NoneOf(Claims.Except(Page.Ids), "every claim needs a row of docs/claims.md with its id in code marks in the column \"claims\"");

    [Test]
    public void Every_id_on_the_page_is_a_claim_or_a_table() =>
        NoneOf(Page.Ids.Except([.. Claims, .. Tables.Select(t => t.Id)]), "the column \"claims\" of docs/claims.md names claims and tables by their ids");

    [Test]
    public void A_row_without_a_claim_says_why() =>
        NoneOf(Page.Rows.Where(r => r.Ids.Count == 0 && r.Remark.Length == 0).Select(r => r.Line), "what has no claim has a reason in its last column");

    [Test]
    public void Every_section_table_figure_and_equation_of_the_paper_has_a_row()
    {
        string[] places =
        [
            "Abstract", "Section 1", .. Numbered("Section 2.", 2), .. Numbered("Section 3.", 5), "Section 4", "Section 5", "Limitations",
            .. Numbered("Table ", 16), .. Numbered("Figure ", 6), .. Numbered("Eq. ", 5), .. "ABCDEF".Select(letter => $"Appendix {letter}"),
        ];
        HashSet<string> found = [.. Page.Rows.SelectMany(r => r.Where.Split(',', ';')).Select(place => place.Trim())];
        NoneOf(places.Except(found), "each has something to check, or a reason why not");
    }

    [Test]
    public void The_ids_are_those_of_the_column_and_of_no_other()
    {
        ClaimsPage page = ClaimsPage.Parse(
            """
            Text with `code`.

            | where | claims | remark |
            |---|---|:-:|
            | A `x` | `one`, `two` | not `y` |
            | B | none | a \| reason |
            | C | none | |

            | other | table |
            |---|---|
            | `z` | `z` |

            | claims | what |
            |---|---|
            | `three` | last |
            """);
        page.Ids.Should().Equal("one", "two", "three");
        page.Rows.Select(r => (r.Where, r.Remark)).Should().Equal(("A `x`", "not `y`"), ("B", @"a \| reason"), ("C", ""), ("`three`", "last"));
    }

    private static IEnumerable<string> Numbered(string name, int last) => Enumerable.Range(1, last).Select(number => $"{name}{number}");

    // An assertion on a sequence names its first item only.
    private static void NoneOf(IEnumerable<string> found, string rule) => string.Join('\n', found).Should().BeEmpty(rule);
}
