namespace Repro.Paper.Tests.Claims;

/// <summary>Section 3.2, Empirical Evidence 2, and Appendix C: Tables 2 and 6. Each test passes on the verdict that the profile expects.</summary>
public sealed class RemoveFreezeTests
{
    [Test]
    [Category("Table 2")]
    public void A_removed_region_that_is_trained_rebuilds_its_competence_in_place_with_true_zeros() => TinyRun.MustBeAsExpected("table-02-in-place-true-zero");

    [Test]
    [Category("Table 2")]
    public void A_removed_region_that_is_trained_rebuilds_its_competence_in_place_with_masters_restored() => TinyRun.MustBeAsExpected("table-02-in-place-masters-restored");

    [Test]
    [Category("Table 2")]
    public void With_the_top_region_removed_and_frozen_Chinese_comes_back_far_more_slowly() => TinyRun.MustBeAsExpected("table-02-chinese-slower");

    [Test]
    [Category("Table 2")]
    public void English_stays_further_behind_than_Chinese() => TinyRun.MustBeAsExpected("table-02-english-behind");

    [Test]
    [Category("Table 6")]
    public void A_removed_region_that_is_trained_rebuilds_its_competence_in_place_with_true_zeros_in_Table_6() => TinyRun.MustBeAsExpected("table-06-in-place-true-zero");

    [Test]
    [Category("Table 6")]
    public void A_removed_region_that_is_trained_rebuilds_its_competence_in_place_with_masters_restored_in_Table_6() => TinyRun.MustBeAsExpected("table-06-in-place-masters-restored");

    [Test]
    [Category("Table 6")]
    public void With_the_top_region_removed_and_frozen_Chinese_comes_back_far_more_slowly_in_Table_6() => TinyRun.MustBeAsExpected("table-06-chinese-slower");

    [Test]
    [Category("Table 6")]
    public void English_stays_further_behind_than_Chinese_in_Table_6() => TinyRun.MustBeAsExpected("table-06-english-behind");

    [Test]
    [Category("Table 2")]
    public void After_2K_samples_no_zeroed_weight_can_have_grown_back() => TinyRun.MustBeAsExpected("table-02-out-of-reach");

    [Test]
    [Category("Table 6")]
    public void After_2K_samples_no_zeroed_weight_can_have_grown_back_in_Table_6() => TinyRun.MustBeAsExpected("table-06-out-of-reach");
}
