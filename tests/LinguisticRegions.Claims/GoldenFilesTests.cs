namespace LinguisticRegions.Claims;

/// <summary>The repository's goldens are those of the paper's tables and claims, and no others.</summary>
public sealed class GoldenFilesTests
{
    [Test]
    public void No_golden_is_missing_or_orphaned() =>
        TinyProfile.Goldens.Status().Where(s => s.Orphan || !s.Verified).Select(s => s.Name.ToString()).Should().BeEmpty();

    [Test]
    public void Every_file_is_a_golden_or_a_received_result() => Directory.EnumerateFiles(Project.Goldens, "*", SearchOption.AllDirectories)
        .Where(path => !Path.GetFileName(path).Contains(".verified.", StringComparison.Ordinal) && !Path.GetFileName(path).Contains(".received.", StringComparison.Ordinal))
        .Should().BeEmpty();

    [Test]
    public void A_claims_golden_has_the_text_that_it_is_read_from() => TinyProfile.AllClaims.Should().AllSatisfy(claim =>
        TinyProfile.Goldens.ReadClaim(claim.Id)!.ToText().Should().Be(File.ReadAllText(TinyProfile.Goldens.VerifiedPath(Repro.Harness.Goldens.GoldenName.OfClaim(claim.Id)))));
}
