using System.Text.Json;
using Repro.Engine.Files;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Tests.Published;

public sealed class PublishedTableTests
{
    // Summed with bc over the scan's columns, independently of the data files.
    private static readonly JsonElement Checksums = JsonElement.Parse(File.ReadAllText(Path.Combine(Project.Published, "checksums.json")));

    [Test]
    public void Every_column_adds_up_to_the_sum_taken_from_the_paper([Range(1, 16)] int number)
    {
        PublishedTable table = PublishedTable.Load(Project.Published, number);
        decimal[] expected = [.. Checksums.GetProperty($"{number}").GetProperty("columnSums").EnumerateArray().Select(v => v.GetDecimal())];
        decimal[] sums = [.. Enumerable.Range(0, table.Columns.Count).Select(i => table.Rows.Sum(r => r.Values[i] ?? 0))];

        // Table 1 prints 7B and 13B under one another; the data has them side by side.
        decimal[] printed = number == 1 ? [.. Enumerable.Range(0, 4).Select(i => sums[i] + sums[i + 4])] : sums;
        printed.Should().Equal(expected);
    }

    [TestCase(1, "Arabic", 0, "6.771")]
    [TestCase(2, "English (Falcon)", 0, "4244070")]
    [TestCase(3, "LLaMA-2-7B", 0, "848.326")]
    [TestCase(5, "Russian", 3, "41.381")]
    [TestCase(9, "Arabic", 3, "135.02")]
    [TestCase(14, "German", 3, "15.404")]
    [TestCase(14, "Malayalam", 5, "16990.266")]
    [TestCase(14, "Greek", 1, "224595.781")]
    [TestCase(15, "Vietnamese", 7, "5.995")]
    [TestCase(16, "Hungarian", 1, "130584")]
    public void A_cell_reads_as_printed(int number, string row, int column, string printed)
    {
        PublishedTable table = PublishedTable.Load(Project.Published, number);
        table.Rows.First(r => r.Key[0] == row).Values[column]!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture).Should().Be(printed);
    }

    [TestCase(14, 1, "127208.250")]
    [TestCase(14, 2, "6.772")]
    public void Trailing_zeros_are_kept(int number, int column, string printed) =>
        PublishedTable.Load(Project.Published, number).Rows[0].Values[column]!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture).Should().Be(printed);

    [TestCase(14)]
    [TestCase(15)]
    [TestCase(16)]
    public void The_large_tables_have_the_30_languages_in_the_papers_order(int number) =>
        PublishedTable.Load(Project.Published, number).Rows.Select(r => r.Key[0]).Should().Equal(PaperLanguages.All.Select(l => l.Name));

    [Test]
    public void Table_1_repeats_rows_of_table_14()
    {
        PublishedTable large = PublishedTable.Load(Project.Published, 14);
        foreach (PublishedRow row in PublishedTable.Load(Project.Published, 1).Rows)
            row.Values.Should().Equal(large.Rows.Single(r => r.Key[0] == row.Key[0]).Values, row.Key[0]);
    }

    [Test]
    public void Every_correction_names_the_scan_the_value_and_the_proof([Range(1, 16)] int number)
    {
        foreach (PublishedCorrection correction in PublishedTable.Load(Project.Published, number).Corrections)
        {
            correction.Scan.Should().NotBe(correction.Value).And.NotBeEmpty();
            correction.Proof.Should().NotBeEmpty();
        }
    }

    [Test]
    public void A_missing_table_is_named() =>
        FluentActions.Invoking(() => PublishedTable.Load(Project.Published, 17)).Should().Throw<InputException>().WithMessage("*table-17.json*restore*");

    [Test]
    public void The_token_counts_of_appendix_A_cover_the_30_languages()
    {
        using JsonDocument text = JsonDocument.Parse(File.ReadAllText(Path.Combine(Project.Published, "text.json")));
        Dictionary<string, long> counts = text.RootElement.GetProperty("evaluationTokens").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64());
        counts.Keys.Should().BeEquivalentTo(PaperLanguages.All.Select(l => l.Name));
        counts.Values.Sum().Should().Be(75_969_440);
    }
}
