namespace Repro.Paper.Tests.Claims;

/// <summary>Section 3.3: Figures 3 and 4, Table 4, and the positive control. Each test passes on the verdict that the profile expects.</summary>
public sealed class PerturbationTests
{
    [Test]
    [Category("Figure 3")]
    public void Two_dimensions_stand_out_when_they_are_drawn_anew() => TinyRun.MustBeAsExpected("figure-03-outstanding");

    [Test]
    [Category("Figure 3")]
    public void A_random_dimension_drawn_anew_changes_nothing() => TinyRun.MustBeAsExpected("figure-03-random");

    [Test]
    [Category("Table 4")]
    public void Resetting_one_weight_of_an_input_norm_to_1_destroys_the_model() => TinyRun.MustBeAsExpected("table-04-reset");

    [Test]
    [Category("Table 4")]
    public void Multiplying_one_weight_of_an_input_norm_by_10_hurts_more_than_multiplying_another() => TinyRun.MustBeAsExpected("table-04-times-10");

    [Test]
    [Category("Table 4")]
    public void Changing_a_random_weight_of_an_input_norm_changes_nothing() => TinyRun.MustBeAsExpected("table-04-others");

    [Test]
    [Category("Figure 4")]
    public void Multiplying_one_weight_by_4_hurts_more_than_multiplying_another() => TinyRun.MustBeAsExpected("figure-04-perplexity");

    [Test]
    [Category("Figure 4")]
    public void The_text_that_the_model_then_writes_is_worse_and_more_repetitive() => TinyRun.MustBeAsExpected("figure-04-text");

    [Test]
    [Category("Control")]
    public void Planting_a_critical_weight_changes_no_output() => TinyRun.MustBeAsExpected("control-planted-same");

    [Test]
    [Category("Control")]
    public void Importance_finds_the_planted_weight() => TinyRun.MustBeAsExpected("control-planted-found");

    [Test]
    [Category("Control")]
    public void Resetting_the_planted_weight_destroys_the_model() => TinyRun.MustBeAsExpected("control-planted-explodes");
}
