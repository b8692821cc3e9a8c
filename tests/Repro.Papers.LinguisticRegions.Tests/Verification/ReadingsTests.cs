using Repro.Harness.Profiles;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Verification;

public sealed class ReadingsTests
{
    private static readonly string[] Removals =
    [
        "table-01", "table-14", "table-15", "table-16", "table-05", "table-09", "table-10", "table-11", "table-12", "table-13", "table-03", "table-07", "table-08", "axes-compared",
    ];

    private static IEnumerable<AlternativeReading> All => Tested.Paper.Readings;

    [Test]
    public void Each_reading_changes_the_profile_in_its_own_point_alone()
    {
        All.Should().OnlyHaveUniqueItems(r => r.Name);
        Profile own = PaperProfiles.Tiny;
        foreach (AlternativeReading reading in All)
            own.Readings.Where(r => reading.Change(own).Readings[r.Key] != r.Value).Select(r => r.Key).Should().Equal([reading.Of.Name], reading.Name);
    }

    // Equation 4 is taken on one batch, where the readings agree; what is beyond the paper has no other reading, and Table 6 is trained once.
    [TestCase("importance-absolute", "regions-compared", "family-or-script", "control-size", "figure-02", "appendix-b", "figure-03", "table-04", "figure-04", "control-planted", "table-02", "figure-05")]
    [TestCase("samples-merge", "regions-compared", "family-or-script", "control-size", "figure-02", "appendix-b", "figure-03", "table-04", "figure-04", "control-planted", "table-02", "figure-05")]
    [TestCase("norms-with", "regions-compared", "family-or-script", "control-size", "figure-02", "appendix-b", "figure-03", "table-04", "figure-04", "control-planted", "table-02", "figure-05")]
    [TestCase("perplexity-batch-mean", "regions-compared", "family-or-script", "control-size", "figure-03", "table-04", "figure-04", "control-planted", "table-02", "table-06", "figure-05", Description = "what holds no perplexity is left out")]
    public void A_reading_concerns_what_it_can_change(string reading, params string[] beside) => Concerned(reading).Should().BeEquivalentTo([.. Removals, .. beside]);

    [Test]
    public void The_reading_of_axes_concerns_whole_dimensions_alone() => Concerned("axis-stored").Should().BeEquivalentTo("table-03", "table-07", "table-08", "axes-compared");

    [Test]
    public void The_readings_of_dimensions_and_norm_weights_concern_their_own_tables()
    {
        Concerned("dimension-importance").Should().BeEquivalentTo("table-03", "table-07", "table-08", "axes-compared");
        Concerned("norm-weight-own").Should().BeEquivalentTo("table-04", "figure-04", "control-planted");
    }

    private static IEnumerable<string> Concerned(string reading) => Tested.Tables.Where(t => ReadingPasses.Concerns(All.Single(r => r.Name == reading).Of, t)).Select(t => t.Id);
}
