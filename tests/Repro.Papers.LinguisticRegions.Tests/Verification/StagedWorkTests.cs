using Repro.Engine.Seeds;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Verification;

/// <summary>Many machines' work is one machine's: the same shards, the same order of sums, the same bytes.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StagedWorkTests : IDisposable
{
    // Parts of 2, 8 and 10 lines make shards of 2, 3 + 3 + 2 and 3 + 3 + 3 + 1.
    private static readonly Profile Small = PaperProfiles.Tiny with
    {
        SmallSample = 2,
        LargeSample = 20,
        ShardSamples = 3,
        TestDocuments = 3,
        RandomDraws = 2,
        TrainingDraws = 1,
        Training = PaperProfiles.Tiny.Training with { SamplesPerDocument = 2000 },
    };

    private static readonly IReadOnlyList<Claim> Claims = Tested.Paper.Select(Small, ["table-05", "table-03", "control-planted", "table-02"]);
    private readonly string folder = Directory.CreateTempSubdirectory("repro-staged-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Tasks_in_any_order_leave_nothing_to_measure_and_the_same_verification()
    {
        string direct = Json(Run(new ResultStore(null)));
        string store = Path.Combine(folder, "shared");
        StagedWork work = Work(store, tasksPerStage: 7);
        work.Stages.Select(s => s.Stage).Should().Equal("importance", "reduce", "regions", "measure");
        work.Stages.Should().OnlyContain(s => s.Tasks.Count > 0 && s.Tasks.Count <= 7 && s.Tasks.All(t => t.Length > 0));
        foreach ((string stage, IReadOnlyList<string> tasks) in work.Stages)
        {
            int[] order = [.. Enumerable.Range(0, tasks.Count)];
            new SplitMix(5).Shuffle<int>(order);

            // Each task is a process of its own on a cluster: it sees the store and nothing else.
            foreach (int index in order)
                Work(store, tasksPerStage: 7).Execute(stage, index);
        }

        HashSet<string> before = [.. Kept(store, "*.safetensors")];
        Json(Run(new ResultStore(store))).Should().Be(direct);
        Kept(store, "*.safetensors").Should().BeSubsetOf(before, "the verdict sums and selects nothing");
    }

    [Test]
    public void Shards_that_were_summed_are_removed_and_one_that_is_done_again_finds_the_sum()
    {
        string store = Path.Combine(folder, "shared");
        StagedWork work = Work(store, tasksPerStage: 1);
        work.Execute("importance", 0);
        Kept(store, "*.safetensors").Should().HaveCount(6 * 8);
        work.Execute("reduce", 0);
        string[] sums = Kept(store, "*.safetensors");
        sums.Should().HaveCount(6 * 3);
        Work(store, tasksPerStage: 1).Execute("importance", 0);
        Kept(store, "*.safetensors").Should().Equal(sums);
    }

    [Test]
    public void What_passes_share_is_done_once()
    {
        IReadOnlyList<string> Measured(VerificationDepth depth) => StagedWork.Of(Tested.Paper, On(new ResultStore(folder)), Claims, depth, 10_000).Stages.Single(s => s.Stage == "measure").Tasks;
        string[] controls = [.. Measured(VerificationDepth.Thorough).Except(Measured(VerificationDepth.ClaimsOnly))];
        controls.Should().Contain(t => t.StartsWith("importance-absolute")).And.Contain(t => t.StartsWith("untrained"));
        controls.Should().NotContain(t => t.StartsWith("perplexity-batch-mean"), "the same measurements are only read in another way");
        controls.Should().NotContain(t => t.StartsWith("importance-absolute: base"), "the base does not depend on importance");
        controls.Should().Contain(t => t.StartsWith("norms-with")).And.NotContain(t => t.StartsWith("norms-with: base"), "the base has no region that norms could belong to");
    }

    [Test]
    public void Regions_that_only_a_number_needs_are_selected_with_the_others()
    {
        RegionSpec[] Regions(string table) => [.. Tested.Table(table).Plan.Regions];
        Regions("figure-02").Should().Equal(ResidualDimension.RankedBy);
        Regions("appendix-b").Should().HaveCount(6, "three ratios from two sample sizes");
        Regions("equation-04").Should().Equal([new RegionSpec(RegionKind.Top, 0.03)], "bfloat16 sums are compared with it");
        IReadOnlyList<Claim> claims = Tested.Paper.Select(Small, ["figure-02"]);
        StagedWork work = StagedWork.Of(Tested.Paper, On(new ResultStore(folder)), claims, VerificationDepth.ClaimsOnly, 1);
        work.Stages.Single(s => s.Stage == "regions").Tasks.Should().Equal("own: 1 regions");
        foreach (string stage in new[] { "importance", "reduce", "regions" })
            work.Execute(stage, 0);
        Kept(folder, "*.safetensors").Should().HaveCount((6 * 3) + 1);
    }

    [Test]
    public void A_task_that_is_not_there_is_refused()
    {
        StagedWork work = Work(Path.Combine(folder, "shared"), tasksPerStage: 2);
        FluentActions.Invoking(() => work.Execute("measure", 2)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*no task 2*'measure'*");
        FluentActions.Invoking(() => work.Execute("training", 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static StagedWork Work(string store, int tasksPerStage) => StagedWork.Of(Tested.Paper, On(new ResultStore(store)), Claims, VerificationDepth.ClaimsOnly, tasksPerStage);

    private static VerificationResult Run(ResultStore store) => VerificationRun.Execute(Tested.Paper, On(store), Claims);

    private static string Json(VerificationResult result) => GoldenFolder.ToJson(result.Tables) + GoldenFolder.ToJson(result.Documents);

    private static RunConfiguration On(ResultStore store) => RunConfiguration.Of(Small, Project.Folder) with { Store = store };

    private static string[] Kept(string store, string pattern) => [.. Directory.GetFiles(store, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
