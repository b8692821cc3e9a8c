using Repro.Engine.Models;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Texts;

namespace Repro.Harness.Verification;

/// <summary>The claims that the available texts and memory allow, and the tables they need.</summary>
public sealed class VerificationScope
{
    private readonly HashSet<TestText> covered;
    private readonly HashSet<TestText> sampled;
    private readonly string? trainingRefusal;
    private readonly TextSet available;
    private readonly Dictionary<string, PaperTable> byId;

    internal VerificationScope(Paper paper, RunConfiguration configuration, LlamaConfig config, DocumentSource texts, IReadOnlyList<Claim> claims)
    {
        available = configuration.Profile.Texts;
        trainingRefusal = configuration.TrainingRefusal(config);
        IReadOnlyList<PaperTable> all = paper.Tables(configuration.Profile);
        byId = all.ToDictionary(t => t.Id);
        covered = [.. claims.SelectMany(Needed).Distinct().Where(texts.Covers)];
        sampled = [.. claims.SelectMany(Sampled).Distinct().Where(texts.CoversSample)];
        Applicable = [.. claims.Where(c => WhyNot(c) is null)];
        Tables = [.. all.Where(t => Applicable.Any(c => c.TableId == t.Id))];
    }

    /// <summary>The claims that can be decided.</summary>
    public IReadOnlyList<Claim> Applicable { get; }

    /// <summary>The tables they need, in the order they are measured.</summary>
    public IReadOnlyList<PaperTable> Tables { get; }

    /// <summary>The regions that the tables need.</summary>
    public IReadOnlyList<RegionSpec> Regions => [.. Tables.SelectMany(t => t.Plan.Regions).DistinctBy(r => r.Id)];

    /// <summary>The paper's own numbers of a claim's table.</summary>
    public IMeasurements Published(Claim claim) => byId[claim.TableId].Published;

    /// <summary>Why a claim can't be decided, or null where it can.</summary>
    public string? WhyNot(Claim claim)
    {
        if (trainingRefusal is not null && byId[claim.TableId].Plan.Runs.Any())
            return trainingRefusal;
        if (byId[claim.TableId].Undecidable.Any(c => c.Id == claim.Id))
            return $"the corpus lacks enough text of {string.Join(", ", LackingOf(claim).Select(t => t.Name).Distinct())}";
        string[] missing = [.. Needed(claim).Where(t => !covered.Contains(t)).Union(Sampled(claim).Where(t => !sampled.Contains(t))).Select(t => t.Name)];
        return missing.Length == 0 ? null : $"the corpus lacks enough text of {string.Join(", ", missing)}";
    }

    // Texts of its own, and those whose regions it is about; of a quantity it is not known which it would need.
    private TestText[] LackingOf(Claim claim)
    {
        RegionSpec[] regions = [.. claim.Conditions.SelectMany(c => c.Regions)];
        TestText[] lacking = [.. claim.Texts.Where(available.Lacks), .. available.Unlocated.Where(t => !available.LocatesRegions || regions.Any(r => r.Own == t.Code))];
        return lacking.Length > 0 ? lacking : [.. available.Lacking, .. available.Unlocated];
    }

    private IEnumerable<TestText> Sampled(Claim claim) => RegionSpec.OfControls(byId[claim.TableId].Plan.Regions);

    private IEnumerable<TestText> Needed(Claim claim)
    {
        MeasurementPlan plan = byId[claim.TableId].Plan;
        return plan.Texts.Concat(plan.Quantities.SelectMany(q => q.Texts)).Concat(plan.NeedsImportance ? available.Importance : []).Distinct();
    }
}
