using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Goldens;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Harness.Verification;

namespace Repro.Paper.Tests.Verification;

/// <summary>The whole pipeline on a fraction of the text: not what it finds, but that it goes on where it stopped and says the same again.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SmallRunTests : IDisposable
{
    private static readonly Profile Small = PaperProfiles.Tiny with
    {
        SmallSample = 4,
        LargeSample = 20,
        TestDocuments = 3,
        ManyDraws = 2,
        FewDraws = 2,
        Training = PaperProfiles.Tiny.Training with { SamplesPerDocument = 2000 },
    };

    private static readonly string[] Experiments = ["table-01", "table-05", "table-03", "figure-03", "control-planted", "table-02"];

    private readonly string folder = Directory.CreateTempSubdirectory("repro-results-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_second_run_measures_nothing_and_says_the_same()
    {
        ResultStore first = new(folder);
        string once = GoldenFolder.ToJson(Run(first).Experiments);
        first.Recalled.Should().Be(0);
        Dictionary<string, DateTime> kept = Written();

        ResultStore second = new(folder);
        GoldenFolder.ToJson(Run(second).Experiments).Should().Be(once);
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
        }), stop.Token)).Should().Throw<OperationCanceledException>();

        ResultStore resumed = new(folder);
        string ended = GoldenFolder.ToJson(Run(resumed).Experiments);
        resumed.Recalled.Should().BePositive();
        ended.Should().Be(GoldenFolder.ToJson(Run(new ResultStore(null)).Experiments));
    }

    [Test]
    public void Every_reading_and_the_untrained_control_decide_every_claim_they_concern()
    {
        ResultStore store = new(folder);
        VerificationResult own = Run(store);
        RobustnessGolden robustness = RobustnessRun.Execute(SetupOf(store), own, Project.Published);
        robustness.Claims.Keys.Should().BeEquivalentTo(own.Verdicts.Select(v => v.Claim.Id));
        robustness.Claims["table-03-top"].Keys.Should().BeEquivalentTo(["own", .. Readings.All.Select(r => r.Name)]);
        robustness.Claims["control-planted-same"].Keys.Should().Contain("perplexity-batch-mean");
        robustness.Claims.Values.SelectMany(v => v.Values).Should().NotContain(VerdictKind.NotApplicable);
    }

    private Dictionary<string, DateTime> Written() =>
        Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);

    private static Setup SetupOf(ResultStore store) => Setup.Of(Small, Project.Folder) with { Store = store };

    private static VerificationResult Run(ResultStore store, RunObserver? observer = null, CancellationToken cancellation = default) =>
        VerificationRun.Execute(SetupOf(store), PaperClaims.Select(Small, Experiments), Project.Published, observer, cancellation);
}
