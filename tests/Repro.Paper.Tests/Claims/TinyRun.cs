using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;
using Repro.Paper.Reporting;
using Repro.Paper.Results;
using Repro.Paper.Verification;

namespace Repro.Paper.Tests.Claims;

/// <summary>The pipeline on the tiny profile, run once for all claims.</summary>
internal static class TinyRun
{
    private static readonly Setup Setup = Setup.Of(PaperProfiles.Tiny, Project.Folder) with { Store = new ResultStore(ResultStore.DefaultFolder()) };
    private static readonly Lazy<VerificationResult> Measured = new(Measure);
    private static readonly Lazy<UntrainedGolden> MeasuredUntrained = new(() => UntrainedRun.Execute(Setup, Project.Published, new Tenths("untrained control").Show));
    private static readonly Lazy<RobustnessGolden> MeasuredRobustness = new(() => RobustnessRun.Execute(Setup, Result, Project.Published, new Tenths("other readings").Show));

    public static VerificationResult Result => Measured.Value;

    public static UntrainedGolden Untrained => MeasuredUntrained.Value;

    public static RobustnessGolden Robustness => MeasuredRobustness.Value;

    public static GoldenFolder Goldens { get; } = new(Project.Goldens);

    public static void MustBeAsExpected(string claimId)
    {
        Verdict verdict = Result.Verdicts.Single(v => v.Claim.Id == claimId);
        string numbers = VerdictText.Detailed(verdict);
        TestContext.Out.WriteLine(numbers);
        VerdictKind? expected = Goldens.Read<ClaimsGolden>(ClaimsGolden.Id)?.Claims.GetValueOrDefault(claimId)?.Verdict;
        Assert.That(verdict.Kind, Is.EqualTo(expected), () => $"The profile expects {expected?.ToString() ?? "nothing yet"}.\n{numbers}");
    }

    private static VerificationResult Measure() =>
        VerificationRun.Execute(Setup, PaperClaims.All(PaperProfiles.Tiny), Project.Published, new RunObserver(new Tenths("tiny profile").Show));

    private sealed class Tenths(string what)
    {
        private long tenth;

        public void Show(RunProgress progress)
        {
            long now = progress.Done * 10 / Math.Max(1, progress.Total);
            if (now > tenth)
                TestContext.Progress.WriteLine($"{what}: {(tenth = now) * 10} % ({progress.Activity})");
        }
    }
}
