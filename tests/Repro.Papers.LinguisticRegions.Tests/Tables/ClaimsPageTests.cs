using System.Text.RegularExpressions;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

/// <summary><c>docs/claims.md</c>, which lists the paper's sentences, against the claims.</summary>
public sealed partial class ClaimsPageTests
{
    private const string NoClaim = "none: ";
    private const int ShortestReason = 10;

    // Claims that only the paper's own models have are claims too.
    private static readonly string[] Claims = [.. PaperProfiles.All.SelectMany(Tested.Paper.Claims).Select(c => c.Id).Distinct()];

    // The last cell of each row.
    private static readonly string[] Checked = [.. File.ReadLines(Path.Combine(Project.Folder, "docs", "claims.md")).Where(IsRow).Select(line => line.Trim('|').Split('|')[^1].Trim())];

    [Test]
    public void Every_claim_checks_a_sentence_or_stands_beside_them_with_its_reason() => Claims.Except(Checked.Where(cell => !IsReason(cell)).SelectMany(Ids)).Should().BeEmpty();

    [Test]
    public void Every_claim_that_the_page_names_exists() => Checked.SelectMany(Ids).Except(Claims).Should().BeEmpty();

    [Test]
    public void Every_sentence_has_a_claim_or_the_reason_why_there_is_none()
    {
        Checked.Should().HaveCountGreaterThan(70);
        Checked.Where(cell => !IsReason(cell)).Should().OnlyContain(cell => Ids(cell).Any());
        Checked.Where(IsReason).Should().OnlyContain(cell => cell.Length > NoClaim.Length + ShortestReason);
    }

    private static bool IsReason(string cell) => cell.StartsWith(NoClaim, StringComparison.Ordinal);

    private static IEnumerable<string> Ids(string cell) => Id().Matches(cell).Select(m => m.Groups[1].Value);

    private static bool IsRow(string line) => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| where |", StringComparison.Ordinal) && !line.StartsWith("| why |", StringComparison.Ordinal);

    // A claim's id has a hyphen; other code on the page is a word, or words with spaces.
    [GeneratedRegex("`([a-z0-9]+(?:-[a-z0-9]+)+)`")]
    private static partial Regex Id();
}
