namespace Repro.Paper.Tests.Claims;

/// <summary>Section 3.2: Tables 1, 14, 15 and 16. Each test passes on the verdict that the profile expects.</summary>
public sealed class CoreRegionTests
{
    [Test]
    [Category("Table 1")]
    public void Removing_the_top_3_percent_destroys_every_language_in_the_eleven_languages() => TinyRun.MustBeAsExpected("table-01-top-3");

    [Test]
    [Category("Table 1")]
    public void Removing_the_bottom_3_percent_changes_no_language_in_the_eleven_languages() => TinyRun.MustBeAsExpected("table-01-bottom-3");

    [Test]
    [Category("Table 14")]
    public void Removing_the_top_3_percent_destroys_every_language() => TinyRun.MustBeAsExpected("table-14-top-3");

    [Test]
    [Category("Table 14")]
    public void Removing_the_bottom_3_percent_changes_no_language() => TinyRun.MustBeAsExpected("table-14-bottom-3");

    [Test]
    [Category("Table 15")]
    public void Removing_the_top_3_percent_destroys_every_language_with_a_tenth_of_the_samples() => TinyRun.MustBeAsExpected("table-15-top-3");

    [Test]
    [Category("Table 15")]
    public void Removing_the_bottom_3_percent_changes_no_language_with_a_tenth_of_the_samples() => TinyRun.MustBeAsExpected("table-15-bottom-3");

    [Test]
    [Category("Table 16")]
    public void Removing_the_top_1_percent_destroys_every_language() => TinyRun.MustBeAsExpected("table-16-top-1");

    [Test]
    [Category("Table 16")]
    public void Removing_the_bottom_1_percent_changes_no_language() => TinyRun.MustBeAsExpected("table-16-bottom-1");

    [Test]
    [Category("Table 16")]
    public void Removing_the_top_5_percent_destroys_every_language() => TinyRun.MustBeAsExpected("table-16-top-5");

    [Test]
    [Category("Table 16")]
    public void Removing_the_bottom_5_percent_changes_no_language() => TinyRun.MustBeAsExpected("table-16-bottom-5");

    [Test]
    [Category("Table 14")]
    public void Removing_a_random_3_percent_has_no_significant_impact() => TinyRun.MustBeAsExpected("table-14-random-3");

    [Test]
    [Category("Table 1")]
    public void Removing_the_top_3_percent_leaves_no_linguistic_competence() => TinyRun.MustBeAsExpected("table-01-complete-loss");

    [Test]
    [Category("Table 14")]
    public void Importance_finds_a_more_harmful_region_than_magnitude_or_gradient_alone() => TinyRun.MustBeAsExpected("table-14-baselines");
}
