using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Verification;

/// <summary>What a verification is said to cost is what it does.</summary>
public sealed class VerificationCostTests
{
    private const int DocumentTokens = 256;

    // Two operations per weight of a matrix product: 4 · 4096² + 3 · 4096 · 11008 in each of 32 blocks with their two norms, 32000 · 4096 in the head,
    // and queries by keys and scores by values over half of the document.
    private const double Document = DocumentTokens * 2.0 * ((32 * ((4.0 * 4096 * 4096) + (3.0 * 4096 * 11_008) + (2 * 4096))) + (32_000.0 * 4096) + (32 * 2 * (DocumentTokens / 2.0) * 4096));

    [TestCase(false, 3)]
    [TestCase(true, 4)]
    public void Importance_is_three_forward_passes_and_four_where_blocks_are_computed_twice(bool blocksTwice, int forward)
    {
        // Regions and the planted weight read 100,000 samples of six languages each.
        VerificationCost cost = VerificationCost.Of(Tested.Paper, PaperProfiles.Llama2Of7B, KnownShapes.Llama2Of7B, DocumentTokens, blocksTwice);
        cost.Own.Importance.Should().BeApproximately(forward * 2 * 6 * 100_000 * Document, 1e-9 * cost.Own.Importance);
    }

    [Test]
    public void The_disk_holds_three_parts_of_six_languages_for_each_model_and_reading_of_importance()
    {
        // Beside them, where it is thorough, six sums in bfloat16 and those of permuted weights, shuffled labels, random order, digits, code and squared gradients; models and readings: the own, the untrained, absolute and merged.
        double sums = 4.0 * 32 * ((4.0 * 4096 * 4096) + (3.0 * 4096 * 11_008) + (2 * 4096));
        VerificationCost cost = VerificationCost.Of(Tested.Paper, PaperProfiles.Llama2Of7B, KnownShapes.Llama2Of7B, DocumentTokens, blocksTwice: false);
        cost.Own.SumsOnDisk.Should().Be(18 * sums);
        cost.All.SumsOnDisk.Should().Be(((4 * 18) + (5 * 18) + 3 + 6) * sums);
    }

    [Test]
    public void Training_reads_each_document_of_each_run_three_times_forward()
    {
        // Tables 2 and 6: 2 × 4 runs of 200K; 6 seeds of 100K each: 3 treatments of Figure 5 and, at the lower rate, 2. Thorough, 6 seeds each: Tables 2 and 6 to 50K; 3 other regions frozen; slowed: 2; replay: 2 of 5 % more.
        VerificationCost cost = VerificationCost.Of(Tested.Paper, PaperProfiles.Llama2Of7B, KnownShapes.Llama2Of7B, DocumentTokens, blocksTwice: false);
        cost.Own.Training.Should().BeApproximately(3 * ((8 * 200_000) + (30 * 100_000)) * Document, 1e-9 * cost.Own.Training);
        (cost.All.Training - cost.Own.Training).Should().BeGreaterThan(3 * 6 * ((8 * 50_000) + (3 * 100_000) + (2 * 100_000) + (2 * 105_000)) * Document * (1 - 1e-9), "other readings train again");
    }

    [Test]
    public void A_tables_measurements_are_its_conditions_on_its_languages()
    {
        // Base, top, bottom, magnitude and gradient on 30 languages of 1,000 documents; 19 random draws on an eighth of them.
        Profile profile = PaperProfiles.Llama2Of7B;
        VerificationPass pass = new("own", Tested.Paper, On(profile), Tested.Paper.Select(profile, ["table-14-top-3", "table-14-baselines"]));
        VerificationCost.Of([pass], KnownShapes.Llama2Of7B, DocumentTokens, blocksTwice: false).Own.Measurements.Should().BeApproximately((5 + (19 / 8.0)) * 30 * 1000 * Document, 1e6);
    }

    [Test]
    public void Each_result_that_is_kept_is_counted_once()
    {
        Profile profile = PaperProfiles.Tiny with { Shares = new DocumentShares(1) };
        LlamaConfig config = Checkpoint.ReadConfig(On(profile).Checkpoint);
        IReadOnlyList<VerificationPass> passes = VerificationPass.Of(Tested.Paper, On(profile), Tested.Paper.Claims(profile), VerificationDepth.Thorough);
        int kept = passes.SelectMany(p => PassWork.Units(p, config).Where(u => u.Stage == WorkUnit.Measure).SelectMany(u => u.Keys).Select(key => (Key: key, Documents: p.Configuration.Profile.TestDocuments)))
            .Where(k => !k.Key.Contains(" | quantity ", StringComparison.Ordinal)).Distinct().Sum(k => k.Documents);
        VerificationCost cost = VerificationCost.Of(passes, config, 2, blocksTwice: false);
        double document = 2 * new ModelSize(config, config.WeightType).ForwardOperations(1);
        cost.All.Measurements.Should().BeApproximately(kept * document, 1e-9 * cost.All.Measurements);
        cost.All.Operations.Should().BeGreaterThan(1.5 * cost.Own.Operations);
    }

    private static RunConfiguration On(Profile profile)
    {
        string fixtures = Path.Combine(Project.Folder, "fixtures");
        return RunConfiguration.Of(profile, Project.Folder, Path.Combine(fixtures, "tiny"), Path.Combine(fixtures, "corpora"), Path.Combine(fixtures, "further"));
    }
}
