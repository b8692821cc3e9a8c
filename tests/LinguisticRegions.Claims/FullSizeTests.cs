using Repro.Engine.Files;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Reporting;
using Repro.Harness.Store;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Profiles;

namespace LinguisticRegions.Claims;

/// <summary>
/// Every claim on LLaMA-2-7B and 13B, where the user's weights are at hand. A claim is expected to hold until 'repro goldens accept' says otherwise.
/// </summary>
[Category("Full size")]
public sealed class FullSizeTests
{
    private static readonly Dictionary<string, Lazy<VerificationResult>> Runs = PaperProfiles.FullSizes.ToDictionary(p => p.Name, p => new Lazy<VerificationResult>(() => Measure(p)));

    /// <summary>Each claim where the profile's folders are named, one skipped case where they are not.</summary>
    private static IEnumerable<TestCaseData> Cases => PaperProfiles.FullSizes.SelectMany(profile => Skips.Reason(profile) is null
        ? TinyProfile.Paper.Claims(profile).Select(claim => new TestCaseData(profile.Name, claim.Id).SetArgDisplayNames(profile.Name, claim.Id))
        : [new TestCaseData(profile.Name, null).SetArgDisplayNames(profile.Name)]);

    [TestCaseSource(nameof(Cases))]
    public void A_claim_has_the_verdict_that_the_profile_expects(string name, string? claim)
    {
        Profile profile = TinyProfile.Paper.Profile(name);
        if (claim is null)
            Assert.Ignore(Skips.Reason(profile)!);
        Verdict verdict = Runs[name].Value.Verdicts.Single(v => v.Claim.Id == claim);
        VerdictKind expected = Goldens(profile).ReadClaim(claim!)?.Verdict ?? VerdictKind.Holds;
        Assert.That(verdict.Kind, Is.EqualTo(expected), () => VerdictText.Detailed(verdict));
    }

    [TestCase("llama2-7b", "REPRO_LLAMA2_7B")]
    [TestCase("llama2-13b", "REPRO_LLAMA2_13B")]
    public void A_checkpoint_that_is_not_named_is_asked_for_by_its_variable(string name, string variable)
    {
        Profile profile = TinyProfile.Paper.Profile(name);
        Assume.That(profile.Checkpoint.Find(Project.Folder), Is.Null, $"{variable} is set here");
        FluentActions.Invoking(() => RunConfiguration.Of(profile, Project.Folder)).Should().Throw<InputException>()
            .WithMessage($"*{name} needs a checkpoint*set {variable}*--checkpoint*");
        FluentActions.Invoking(() => RunConfiguration.Of(profile, Project.Folder, checkpoint: "x", corpus: "y")).Should().NotThrow();
    }

    private static GoldenFolder Goldens(Profile profile) =>
        new(Path.Combine(Project.Folder, "goldens", profile.Name), GoldenFolder.Names(TinyProfile.Paper, profile));

    private static VerificationResult Measure(Profile profile)
    {
        RunConfiguration configuration = RunConfiguration.Of(profile, Project.Folder) with
        {
            Store = new ResultStore(ResultStore.DefaultFolder()),
            Device = Environment.GetEnvironmentVariable("REPRO_DEVICE") ?? "cpu",
        };
        return VerificationRun.Execute(TinyProfile.Paper, configuration, TinyProfile.Paper.Claims(profile));
    }
}
