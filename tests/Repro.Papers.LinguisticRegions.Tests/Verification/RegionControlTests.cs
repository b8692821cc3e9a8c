using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Verification;

/// <summary>The controls of the regions on a small random model and a few documents: not what they find, but that they are made and decided.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RegionControlTests : IDisposable
{
    private static readonly Profile Small = PaperProfiles.Tiny with { SmallSample = 2, LargeSample = 12, TestDocuments = 3, RandomDraws = 2 };

    private readonly string folder = Directory.CreateTempSubdirectory("repro-controls-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Every_control_is_decided_on_a_random_model()
    {
        IReadOnlyList<Claim> claims = Tested.Paper.Select(Small, ["control-matched", "control-permuted", "control-labels", "control-scores", "control-domain", "control-no-language"]);
        VerificationResult result = VerificationRun.Execute(Tested.Paper, On(new ResultStore(null)), claims);
        result.Verdicts.Select(v => v.Claim.Id).Should().Equal(claims.Select(c => c.Id));
        result.Verdicts.Should().OnlyContain(v => v.Kind != VerdictKind.NotApplicable).And.OnlyContain(v => v.Rows.All(r => double.IsFinite(r.Value)));
        Verdict asLarge = result.Verdicts.Single(v => v.Claim.Id == "control-matched-as-large");
        asLarge.Kind.Should().Be(VerdictKind.Holds);
        asLarge.Rows.Should().OnlyContain(r => r.Value != 0, "they are other weights");
    }

    [Test]
    public void Tasks_sum_a_controls_texts_where_a_region_is_theirs()
    {
        StagedWork Work(string table, string store) => StagedWork.Of(Tested.Paper, On(new ResultStore(Path.Combine(folder, store))), Tested.Paper.Select(Small, [table]), VerificationDepth.ClaimsOnly, 1);
        string[] Kept(string store) => Directory.GetFiles(Path.Combine(folder, store), "*.safetensors", SearchOption.AllDirectories);
        foreach ((string table, string store, int files) in new[] { ("control-labels", "shuffled", (12 * 3) + 12), ("control-no-language", "random-order", (12 * 3) + 2), ("control-matched", "plain", (6 * 3) + 1), ("control-scores", "scores", (6 * ((3 * 3) + 1)) + 5) })
        {
            StagedWork work = Work(table, store);
            foreach (string stage in new[] { "importance", "reduce", "regions" })
                work.Execute(stage, 0);
            Kept(store).Should().HaveCount(files, table);
        }
    }

    // The shape of the tiny checkpoint with two blocks, random weights, and its tokenizer.
    private RunConfiguration On(ResultStore store)
    {
        string tiny = Path.Combine(Project.Folder, "fixtures", "tiny");
        string random = Path.Combine(folder, "random");
        if (!Directory.Exists(random))
        {
            LlamaConfig config = Checkpoint.ReadConfig(tiny) with { LayerCount = 2 };
            RandomCheckpoint.Write(random, config, config.WeightType, 5);
            File.Copy(Path.Combine(tiny, "tokenizer.model"), Path.Combine(random, "tokenizer.model"));
        }

        return RunConfiguration.Of(Small, Project.Folder, random) with { Store = store };
    }
}
