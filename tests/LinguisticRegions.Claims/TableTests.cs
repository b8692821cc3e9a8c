using Repro.Harness.Papers;

namespace LinguisticRegions.Claims;

/// <summary>Every number of a table on the tiny profile is its golden's.</summary>
public sealed class TableTests
{
    private static IEnumerable<TestCaseData> Tables => TinyProfile.Tables.Select(table => new TestCaseData(table)
        .SetName($"{table.Name}: every number of '{table.Title}' is the golden's")
        .InCategories(table));

    [TestCaseSource(nameof(Tables))]
    public Task The_measured_table_is_its_golden(PaperTable table)
    {
        TinyProfile.SkipUnlessThorough(table);
        return Snapshot.Match(TinyProfile.Result(table));
    }
}
