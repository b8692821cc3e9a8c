using Repro.Harness.Verification;

namespace LinguisticRegions.Claims;

/// <summary>The untrained control and the other readings: what a verdict is worth.</summary>
public sealed class ControlTests
{
    private static readonly Lazy<VerificationResult> Usual = new(() => Verify(VerificationDepth.WithControl));
    private static readonly Lazy<VerificationResult> Whole = new(() => Verify(VerificationDepth.Thorough));

    private static VerificationResult Thorough
    {
        get
        {
            if (Skips.Thorough is { } reason)
                Assert.Ignore(reason);
            return Whole.Value;
        }
    }

    [Test]
    [Category("Control")]
    public void An_untrained_checkpoint_confirms_no_effect() => Usual.Value.Untrained!.Confirmed.Should().BeEmpty();

    [Test]
    [Category("Control")]
    public void The_verdicts_on_an_untrained_checkpoint_are_the_goldens() =>
        Snapshot.Match(TinyProfile.Goldens.Compare(Usual.Value.Untrained!, isWhole: false));

    [Test]
    [Category(Skips.ThoroughCategory)]
    public void The_verdicts_of_the_whole_untrained_control_are_the_goldens() =>
        Snapshot.Match(TinyProfile.Goldens.Compare(Thorough.Untrained!, isWhole: true));

    [Test]
    [Category(Skips.ThoroughCategory)]
    public void The_concentration_of_figure_2_needs_no_training() => Thorough.Untrained!.ModelIndependent.Should().Equal("figure-02-concentrated");

    [Test]
    [Category(Skips.ThoroughCategory)]
    public void The_verdicts_under_other_readings_are_the_goldens() => Snapshot.Match(TinyProfile.Goldens.Compare(Thorough.Robustness!));

    // The own run is recalled from the store where the claims' tests have measured it.
    private static VerificationResult Verify(VerificationDepth depth) =>
        VerificationRun.Execute(TinyProfile.Paper, TinyProfile.Configuration, TinyProfile.Paper.Select(TinyProfile.Profile, [], depth == VerificationDepth.Thorough), depth, new RunObserver(Show));

    private static void Show(RunProgress progress) => Beat.Show(progress.Done, progress.Activity);

    private static readonly Heartbeat Beat = new("controls");
}
