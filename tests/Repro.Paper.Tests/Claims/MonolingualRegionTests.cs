namespace Repro.Paper.Tests.Claims;

/// <summary>Section 3.4 and Appendix F: Tables 5 and 9 to 13. Each test passes on the verdict that the profile expects.</summary>
public sealed class MonolingualRegionTests
{
    [Test]
    [Category("Table 9")]
    public void Removing_the_Arabic_region_hurts_Arabic_most() => TinyRun.MustBeAsExpected("table-09-ar-own");

    [Test]
    [Category("Table 9")]
    public void Removing_the_Arabic_region_hurts_its_relatives_more_than_the_unrelated() => TinyRun.MustBeAsExpected("table-09-ar-family");

    [Test]
    [Category("Table 9")]
    public void Each_relative_of_Arabic_rises_above_the_median_of_the_unrelated() => TinyRun.MustBeAsExpected("table-09-ar-ranks");

    [Test]
    [Category("Table 9")]
    public void Removing_the_bottom_region_of_Arabic_changes_no_language() => TinyRun.MustBeAsExpected("table-09-ar-bottom");

    [Test]
    [Category("Table 10")]
    public void Removing_the_Spanish_region_hurts_Spanish_most() => TinyRun.MustBeAsExpected("table-10-es-own");

    [Test]
    [Category("Table 10")]
    public void Removing_the_Spanish_region_hurts_its_relatives_more_than_the_unrelated() => TinyRun.MustBeAsExpected("table-10-es-family");

    [Test]
    [Category("Table 10")]
    public void Each_relative_of_Spanish_rises_above_the_median_of_the_unrelated() => TinyRun.MustBeAsExpected("table-10-es-ranks");

    [Test]
    [Category("Table 10")]
    public void Removing_the_bottom_region_of_Spanish_changes_no_language() => TinyRun.MustBeAsExpected("table-10-es-bottom");

    [Test]
    [Category("Table 5")]
    public void Removing_the_Russian_region_hurts_Russian_most() => TinyRun.MustBeAsExpected("table-05-ru-own");

    [Test]
    [Category("Table 5")]
    public void Removing_the_Russian_region_hurts_its_relatives_more_than_the_unrelated() => TinyRun.MustBeAsExpected("table-05-ru-family");

    [Test]
    [Category("Table 5")]
    public void Each_relative_of_Russian_rises_above_the_median_of_the_unrelated() => TinyRun.MustBeAsExpected("table-05-ru-ranks");

    [Test]
    [Category("Table 5")]
    public void Removing_the_bottom_region_of_Russian_changes_no_language() => TinyRun.MustBeAsExpected("table-05-ru-bottom");

    [Test]
    [Category("Table 11")]
    public void Removing_the_Chinese_region_hurts_Chinese_most() => TinyRun.MustBeAsExpected("table-11-zh-own");

    [Test]
    [Category("Table 11")]
    public void Removing_the_Chinese_region_hurts_its_relatives_more_than_the_unrelated() => TinyRun.MustBeAsExpected("table-11-zh-family");

    [Test]
    [Category("Table 11")]
    public void Each_relative_of_Chinese_rises_above_the_median_of_the_unrelated() => TinyRun.MustBeAsExpected("table-11-zh-ranks");

    [Test]
    [Category("Table 11")]
    public void Removing_the_bottom_region_of_Chinese_changes_no_language() => TinyRun.MustBeAsExpected("table-11-zh-bottom");

    [Test]
    [Category("Table 12")]
    public void Removing_the_Korean_region_hurts_Korean_most() => TinyRun.MustBeAsExpected("table-12-ko-own");

    [Test]
    [Category("Table 12")]
    public void Removing_the_Korean_region_hurts_its_relatives_more_than_the_unrelated() => TinyRun.MustBeAsExpected("table-12-ko-family");

    [Test]
    [Category("Table 12")]
    public void Each_relative_of_Korean_rises_above_the_median_of_the_unrelated() => TinyRun.MustBeAsExpected("table-12-ko-ranks");

    [Test]
    [Category("Table 12")]
    public void Removing_the_bottom_region_of_Korean_changes_no_language() => TinyRun.MustBeAsExpected("table-12-ko-bottom");

    [Test]
    [Category("Table 13")]
    public void Removing_the_Vietnamese_region_hurts_Vietnamese_most() => TinyRun.MustBeAsExpected("table-13-vi-own");

    [Test]
    [Category("Table 13")]
    public void Removing_the_bottom_region_of_Vietnamese_changes_no_language() => TinyRun.MustBeAsExpected("table-13-vi-bottom");
}
