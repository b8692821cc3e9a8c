namespace Repro.Paper.Tests.Claims;

/// <summary>Section 3.3 and Appendix D: Tables 3, 7 and 8. Each test passes on the verdict that the profile expects.</summary>
public sealed class DimensionTests
{
    [Test]
    [Category("Table 3")]
    public void Removing_the_top_dimensions_of_attention_and_feed_forward_hurts_the_model() => TinyRun.MustBeAsExpected("table-03-top");

    [Test]
    [Category("Table 3")]
    public void Removing_middle_or_bottom_dimensions_of_attention_and_feed_forward_has_no_noticeable_effect() => TinyRun.MustBeAsExpected("table-03-others");

    [Test]
    [Category("Table 3")]
    public void Removing_random_dimensions_of_attention_and_feed_forward_has_no_noticeable_effect() => TinyRun.MustBeAsExpected("table-03-random");

    [Test]
    [Category("Table 7")]
    public void Removing_the_top_dimensions_of_attention_hurts_the_model() => TinyRun.MustBeAsExpected("table-07-top");

    [Test]
    [Category("Table 7")]
    public void Removing_middle_or_bottom_dimensions_of_attention_has_no_noticeable_effect() => TinyRun.MustBeAsExpected("table-07-others");

    [Test]
    [Category("Table 7")]
    public void Removing_random_dimensions_of_attention_has_no_noticeable_effect() => TinyRun.MustBeAsExpected("table-07-random");

    [Test]
    [Category("Table 8")]
    public void Removing_the_top_dimensions_of_attention_along_the_other_axis_hurts_the_model() => TinyRun.MustBeAsExpected("table-08-top");

    [Test]
    [Category("Table 8")]
    public void Removing_middle_or_bottom_dimensions_of_attention_along_the_other_axis_has_no_noticeable_effect() => TinyRun.MustBeAsExpected("table-08-others");

    [Test]
    [Category("Table 8")]
    public void Removing_random_dimensions_of_attention_along_the_other_axis_has_no_noticeable_effect() => TinyRun.MustBeAsExpected("table-08-random");
}
