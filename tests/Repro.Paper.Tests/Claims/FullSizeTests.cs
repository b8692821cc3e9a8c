using Repro.Engine.Files;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;
using Repro.Paper.Reporting;
using Repro.Paper.Results;
using Repro.Paper.Verification;

namespace Repro.Paper.Tests.Claims;

/// <summary>
/// Every claim on LLaMA-2-7B and 13B, where the user's weights are at hand. A claim is expected to hold until 'repro goldens accept' says otherwise.
/// </summary>
[Category("Full size")]
public sealed class FullSizeTests
{
    private static readonly Dictionary<string, Lazy<VerificationResult>> Runs = PaperProfiles.FullSizes.ToDictionary(p => p.Name, p => new Lazy<VerificationResult>(() => Measure(p)));

    /// <summary>Each claim where the profile's folders are named, one skipped case where they are not.</summary>
    private static IEnumerable<TestCaseData> Cases => PaperProfiles.FullSizes.SelectMany(profile => Skips.Reason(profile) is null
        ? PaperClaims.All(profile).Select(claim => new TestCaseData(profile.Name, claim.Id).SetArgDisplayNames(profile.Name, claim.Id))
        : [new TestCaseData(profile.Name, null).SetArgDisplayNames(profile.Name)]);

    [TestCaseSource(nameof(Cases))]
    public void A_claim_has_the_verdict_that_the_profile_expects(string name, string? claim)
    {
        Profile profile = PaperProfiles.Get(name);
        if (claim is null)
            Assert.Ignore(Skips.Reason(profile)!);
        Verdict verdict = Runs[name].Value.Verdicts.Single(v => v.Claim.Id == claim);
        VerdictKind expected = Goldens(profile).Read<ClaimsGolden>(ClaimsGolden.Id)?.Claims.GetValueOrDefault(claim!)?.Verdict ?? VerdictKind.Holds;
        Assert.That(verdict.Kind, Is.EqualTo(expected), () => VerdictText.Detailed(verdict));
    }

    [TestCase("llama2-7b", "REPRO_LLAMA2_7B")]
    [TestCase("llama2-13b", "REPRO_LLAMA2_13B")]
    public void A_checkpoint_that_is_not_named_is_asked_for_by_its_variable(string name, string variable)
    {
        Profile profile = PaperProfiles.Get(name);
        Assume.That(profile.Checkpoint.Find(Project.Folder), Is.Null, $"{variable} is set here");
        FluentActions.Invoking(() => Setup.Of(profile, Project.Folder)).Should().Throw<InputException>().WithMessage($"*{name} needs a checkpoint*set {variable}*--checkpoint*");
        FluentActions.Invoking(() => Setup.Of(profile, Project.Folder, checkpoint: "x", corpus: "y")).Should().NotThrow();
    }

    private static GoldenFolder Goldens(Profile profile) => new(Path.Combine(Project.Folder, "goldens", profile.Name));

    private static VerificationResult Measure(Profile profile)
    {
        Setup setup = Setup.Of(profile, Project.Folder) with { Store = new ResultStore(ResultStore.DefaultFolder()), Device = Environment.GetEnvironmentVariable("REPRO_DEVICE") ?? "cpu" };
        return VerificationRun.Execute(setup, PaperClaims.All(profile), Project.Published);
    }
}
