using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Verification;

/// <summary>The whole pipeline on a fraction of the text: not what it finds, but that it goes on where it stopped and says the same again.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SmallRunTests : IDisposable
{
    private static readonly Profile Small = PaperProfiles.Tiny with
    {
        SmallSample = 4,
        LargeSample = 20,
        TestDocuments = 3,
        RandomDraws = 2,
        Training = PaperProfiles.Tiny.Training with { SamplesPerDocument = 2000 },
    };

    private static readonly string[] Tables = ["table-01", "table-05", "table-03", "figure-03", "control-planted", "table-02"];

    private readonly string folder = Directory.CreateTempSubdirectory("repro-results-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_second_run_measures_nothing_and_says_the_same()
    {
        ResultStore first = new(folder);
        string once = GoldenFolder.ToJson(Run(first).Tables);
        first.Recalled.Should().Be(0);
        Dictionary<string, DateTime> kept = Written();

        ResultStore second = new(folder);
        GoldenFolder.ToJson(Run(second).Tables).Should().Be(once);
        second.Recalled.Should().BePositive();
        Written().Should().Equal(kept, "nothing is measured again and nothing is written");
    }

    [Test]
    public void A_run_that_was_stopped_goes_on_and_ends_like_one_that_was_not()
    {
        using CancellationTokenSource stop = new();
        int measured = 0;
        FluentActions.Invoking(() => Run(new ResultStore(folder), new RunObserver(_ =>
        {
            if (++measured == 60)
                stop.Cancel();
        }), cancellation: stop.Token)).Should().Throw<OperationCanceledException>();

        ResultStore resumed = new(folder);
        string ended = GoldenFolder.ToJson(Run(resumed).Tables);
        resumed.Recalled.Should().BePositive();
        ended.Should().Be(GoldenFolder.ToJson(Run(new ResultStore(null)).Tables));
    }

    [Test]
    public void Every_reading_and_the_untrained_control_decide_every_claim_they_concern()
    {
        ResultStore store = new(folder);
        VerificationResult own = Run(store);
        VerificationResult thorough = Run(store, depth: VerificationDepth.Thorough);
        thorough.Verdicts.Select(v => (v.Claim.Id, v.Kind)).Should().Equal(own.Verdicts.Select(v => (v.Claim.Id, v.Kind)));
        RobustnessGolden robustness = thorough.Robustness!;
        robustness.Claims.Keys.Should().BeEquivalentTo(own.Verdicts.Select(v => v.Claim.Id));
        robustness.Claims["table-03-top"].Keys.Should().BeEquivalentTo(["own", .. Tested.Paper.Readings.Where(r => ReadingPasses.Concerns(r.Of, Tested.Table("table-03"))).Select(r => r.Name)]);
        robustness.Claims["control-planted-same"].Keys.Should().Contain("perplexity-batch-mean");
        robustness.Claims.Values.SelectMany(v => v.Values).Should().NotContain(VerdictKind.NotApplicable);
        thorough.Untrained!.Provenance.Untrained.Should().BeTrue();
        thorough.Untrained.Claims.Keys.Should().BeEquivalentTo(Tested.Tables.Where(t => t.Untrained != UntrainedControl.Never).SelectMany(t => t.Claims).Select(c => c.Id));
        thorough.Untrained.Claims.Values.Should().NotContain(VerdictKind.NotApplicable);
    }

    [Test]
    public void Without_a_control_nothing_is_verified_beside_the_claims_and_with_one_some_tables_untrained()
    {
        ResultStore store = new(folder);
        IReadOnlyList<Claim> claims = Tested.Paper.Select(Small, ["table-03"]);
        VerificationResult own = VerificationRun.Execute(Tested.Paper, On(store), claims);
        own.Untrained.Should().BeNull();
        own.Robustness.Should().BeNull();
        VerificationResult controlled = VerificationRun.Execute(Tested.Paper, On(store), claims, VerificationDepth.WithControl);
        controlled.Robustness.Should().BeNull();
        string[] always = ["table-01", "table-05", "table-09", "table-10", "table-11", "table-12", "table-13", "table-14", "regions-compared"];
        controlled.Untrained!.Claims.Keys.Should().BeEquivalentTo(always.SelectMany(t => Tested.Table(t).Claims).Select(c => c.Id));
    }

    private Dictionary<string, DateTime> Written() =>
        Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);

    private static RunConfiguration On(ResultStore store) => RunConfiguration.Of(Small, Project.Folder) with { Store = store };

    private static VerificationResult Run(ResultStore store, RunObserver? observer = null, VerificationDepth depth = VerificationDepth.ClaimsOnly, CancellationToken cancellation = default) =>
        VerificationRun.Execute(Tested.Paper, On(store), Tested.Paper.Select(Small, Tables), depth, observer, cancellation);
}
