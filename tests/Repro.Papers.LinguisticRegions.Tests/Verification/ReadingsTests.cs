using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Verification;

namespace Repro.Paper.Tests.Verification;

public sealed class ReadingsTests
{
    [Test]
    public void Each_reading_changes_the_profile() =>
        Readings.All.Should().OnlyContain(r => r.Change(PaperProfiles.Tiny) != PaperProfiles.Tiny).And.OnlyHaveUniqueItems(r => r.Name);

    [TestCase("axis-stored", "table-03", true)]
    [TestCase("axis-stored", "table-14", false)]
    [TestCase("importance-absolute", "table-02", true)]
    [TestCase("importance-absolute", "equation-04", false, Description = "it is taken on one batch, where the readings agree")]
    [TestCase("norms-matrices-only", "figure-03", true)]
    [TestCase("norms-matrices-only", "appendix-b", true)]
    [TestCase("perplexity-batch-mean", "figure-02", false, Description = "it holds no perplexity")]
    [TestCase("perplexity-batch-mean", "figure-05", true)]
    [TestCase("samples-merge", "beyond-replay", false, Description = "it is not the paper's")]
    public void A_reading_concerns_what_it_can_change(string reading, string experiment, bool concerned) =>
        Readings.All.Single(r => r.Name == reading).Concerns(PaperExperiments.All(PaperProfiles.Tiny).Single(e => e.Id == experiment)).Should().Be(concerned);
}
