namespace Repro.Paper.Tests.Claims;

/// <summary>Section 3.5 and Figure 5, and what the paper leaves to future work. Each test passes on the verdict that the profile expects.</summary>
public sealed class ForgettingTests
{
    [Test]
    [Category("Figure 5")]
    public void At_equal_Arabic_perplexity_freezing_the_core_region_forgets_less() => TinyRun.MustBeAsExpected("figure-05-forgets-less");

    [Test]
    [Category("Figure 5")]
    public void With_the_core_region_frozen_Arabic_is_learned_as_well() => TinyRun.MustBeAsExpected("figure-05-learns-as-well");

    [Test]
    [Category("Figure 5")]
    public void At_a_tenth_of_the_learning_rate_freezing_makes_little_difference() => TinyRun.MustBeAsExpected("figure-05-low-rate");

    [Test]
    [Category("Figure 5")]
    public void Freezing_the_core_region_forgets_less_than_freezing_as_many_random_weights() => TinyRun.MustBeAsExpected("figure-05-better-than-random");

    [Test]
    [Category("Beyond the paper")]
    public void Limiting_the_core_region_s_updates_forgets_less() => TinyRun.MustBeAsExpected("beyond-slowed-forgets-less");

    [Test]
    [Category("Beyond the paper")]
    public void Freezing_the_core_region_helps_on_top_of_replay() => TinyRun.MustBeAsExpected("beyond-replay-freezing-adds");

    [Test]
    [Category("Beyond the paper")]
    public void Replaying_other_languages_forgets_less() => TinyRun.MustBeAsExpected("beyond-replay-replay-forgets-less");
}
