using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;
using Repro.Paper.Reporting;
using Repro.Paper.Verification;

namespace Repro.Paper.Tests.Claims;

/// <summary>The pipeline on the tiny profile, run once for all claims.</summary>
internal static class TinyRun
{
    private static readonly Lazy<VerificationResult> Measured = new(Measure);

    public static VerificationResult Result => Measured.Value;

    public static GoldenFolder Goldens { get; } = new(Project.Goldens);

    public static void MustBeAsExpected(string claimId)
    {
        Verdict verdict = Result.Verdicts.Single(v => v.Claim.Id == claimId);
        string numbers = VerdictText.Detailed(verdict);
        TestContext.Out.WriteLine(numbers);
        VerdictKind? expected = Goldens.Read<ClaimsGolden>(ClaimsGolden.Id)?.Claims.GetValueOrDefault(claimId)?.Verdict;
        Assert.That(verdict.Kind, Is.EqualTo(expected), () => $"The profile expects {expected?.ToString() ?? "nothing yet"}.\n{numbers}");
    }

    private static VerificationResult Measure()
    {
        Setup setup = Setup.Of(PaperProfiles.Tiny, Project.Folder);
        int tenth = 0;
        return VerificationRun.Execute(setup, PaperClaims.All, Project.Published, progress =>
        {
            int now = (int)(progress.Done * 10 / progress.Total);
            if (now > tenth)
                TestContext.Progress.WriteLine($"tiny profile: {(tenth = now) * 10} % ({progress.Activity})");
        });
    }
}
