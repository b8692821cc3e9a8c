namespace Repro.Paper.Tests.Claims;

/// <summary>Section 2.2, Figure 2 and Appendix B: what the region itself is like. Each test passes on the verdict that the profile expects.</summary>
public sealed class StructureTests
{
    [Test]
    [Category("Figure 2")]
    public void The_core_region_is_concentrated_in_rows_and_columns() => TinyRun.MustBeAsExpected("figure-02-concentrated");

    [Test]
    [Category("Appendix B")]
    public void A_tenth_of_the_samples_finds_the_same_core_region() => TinyRun.MustBeAsExpected("appendix-b-overlap");

    [Test]
    [Category("Appendix B")]
    public void A_tenth_of_the_samples_ranks_weights_alike() => TinyRun.MustBeAsExpected("appendix-b-ranks");

    [Test]
    [Category("Section 2.2")]
    public void First_order_importance_ranks_weights_as_their_removal_one_by_one_does() => TinyRun.MustBeAsExpected("equation-04-first-order");
}
