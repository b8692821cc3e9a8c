using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Text;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Languages;
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
        IReadOnlyList<Claim> claims = Tested.Paper.Select(Small, ["control-matched", "control-permuted", "control-labels", "control-scores", "control-domain", "control-no-language", "control-digits", "control-code"]);
        VerificationResult result = VerificationRun.Execute(Tested.Paper, On(new ResultStore(null)), claims);
        result.Verdicts.Select(v => v.Claim.Id).Should().Equal(claims.Select(c => c.Id));
        Verdict[] shares = [.. result.Verdicts.Where(v => v.Claim.Statistic.Contains("share lost", StringComparison.Ordinal))];
        shares.Select(v => v.Claim.Id).Should().Equal("control-no-language-test", "control-digits-test", "control-code-test");
        shares.Should().OnlyContain(v => v.Kind == VerdictKind.Inconclusive && v.Rows.All(r => double.IsNaN(r.Value)), "a random model knows of nothing");
        result.Verdicts.Should().OnlyContain(v => v.Kind != VerdictKind.NotApplicable);
        result.Verdicts.Except(shares).Should().OnlyContain(v => v.Rows.All(r => double.IsFinite(r.Value)));
        Verdict asLarge = result.Verdicts.Single(v => v.Claim.Id == "control-matched-as-large");
        asLarge.Kind.Should().Be(VerdictKind.Holds);
        asLarge.Rows.Should().OnlyContain(r => r.Value != 0, "they are other weights");
    }

    [Test]
    public void Tasks_sum_a_controls_texts_where_a_region_is_theirs()
    {
        StagedWork Work(string table, string store) => StagedWork.Of(Tested.Paper, On(new ResultStore(Path.Combine(folder, store))), Tested.Paper.Select(Small, [table]), VerificationDepth.ClaimsOnly, 1);
        string[] Kept(string store) => Directory.GetFiles(Path.Combine(folder, store), "*.safetensors", SearchOption.AllDirectories);
        foreach ((string table, string store, int files) in new[] { ("control-labels", "shuffled", (12 * 3) + 12), ("control-no-language", "random-order", (12 * 3) + 2), ("control-digits", "digits", (12 * 3) + 2), ("control-code", "code", (7 * 3) + 2), ("control-matched", "plain", (6 * 3) + 1), ("control-scores", "scores", (6 * ((3 * 3) + 1)) + 5) })
        {
            StagedWork work = Work(table, store);
            foreach (string stage in new[] { "importance", "reduce", "regions" })
                work.Execute(stage, 0);
            Kept(store).Should().HaveCount(files, table);
        }
    }

    [Test]
    public void The_projects_own_program_code_is_enough_for_its_checkpoint_and_no_line_is_in_both_parts()
    {
        string fixtures = Path.Combine(Project.Folder, "fixtures");
        DocumentSource texts = new(PaperProfiles.Tiny, Path.Combine(fixtures, "corpora"), null, Path.Combine(fixtures, "tiny"), Checkpoint.ReadConfig(Path.Combine(fixtures, "tiny")));
        (texts.Covers(PaperLanguages.Code), texts.CoversSample(PaperLanguages.Code)).Should().Be((true, true));
        texts.Test(PaperLanguages.Code).Should().HaveCount(80);
        Corpus corpus = Corpus.Open(Path.Combine(fixtures, "corpora"));
        corpus.Lines("code", Split.Test).Concat(corpus.Lines("code", Split.Train)).Should().OnlyHaveUniqueItems();
        corpus.Languages.Should().HaveCount(30, "code is no language");
    }

    [Test]
    public void Without_program_code_in_the_corpus_nothing_is_claimed_of_it()
    {
        string corpus = Path.Combine(folder, "corpus");
        foreach (string text in Directory.GetFiles(Path.Combine(Project.Folder, "fixtures", "corpora"), "*.txt", SearchOption.AllDirectories).Where(f => Path.GetFileName(Path.GetDirectoryName(f)) != "code"))
            File.Copy(text, Path.Combine(Directory.CreateDirectory(Path.Combine(corpus, Path.GetFileName(Path.GetDirectoryName(text))!)).FullName, Path.GetFileName(text)));
        VerificationResult result = VerificationRun.Execute(Tested.Paper, On(new ResultStore(null), corpus), Tested.Paper.Select(Small, ["control-code"]));
        result.Verdicts.Should().HaveCount(2).And.OnlyContain(v => v.Kind == VerdictKind.NotApplicable && v.Reason == "the corpus lacks enough text of Program code");
    }

    // The shape of the tiny checkpoint with two blocks, random weights, and its tokenizer.
    private RunConfiguration On(ResultStore store, string? corpus = null)
    {
        string tiny = Path.Combine(Project.Folder, "fixtures", "tiny");
        string random = Path.Combine(folder, "random");
        if (!Directory.Exists(random))
        {
            LlamaConfig config = Checkpoint.ReadConfig(tiny) with { LayerCount = 2 };
            RandomCheckpoint.Write(random, config, config.WeightType, 5);
            File.Copy(Path.Combine(tiny, "tokenizer.model"), Path.Combine(random, "tokenizer.model"));
        }

        return RunConfiguration.Of(Small, Project.Folder, random, corpus) with { Store = store };
    }
}
