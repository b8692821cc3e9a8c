using Repro.Engine.Models;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Results;

namespace Repro.Paper.Verification;

/// <summary>One of the runs that a verification is made of: the profile's own, the untrained control, or another reading.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Setup">What is measured.</param>
/// <param name="Claims">What is decided.</param>
public sealed record VerificationPass(string Name, Setup Setup, IReadOnlyList<Claim> Claims)
{
    private const int LanguagesPerGroup = 10;

    /// <summary>The passes of a verification.</summary>
    /// <param name="setup">Checkpoint, corpora, profile, device and store.</param>
    /// <param name="claims">The claims to decide.</param>
    /// <param name="withControls">Whether the untrained checkpoint and the other readings are part of it.</param>
    public static IReadOnlyList<VerificationPass> Of(Setup setup, IReadOnlyList<Claim> claims, bool withControls) =>
        withControls ? [new("own", setup, claims), UntrainedRun.Pass(setup), .. RobustnessRun.Passes(setup, claims)] : [new("own", setup, claims)];

    /// <summary>Its work as units, stage by stage; a stage needs those before it.</summary>
    /// <param name="config">The model's shape.</param>
    internal IEnumerable<WorkUnit> Units(LlamaConfig config)
    {
        TextLibrary texts = new(Setup, config);
        VerificationScope scope = new(Setup, config, texts, Claims);
        if (scope.Experiments.Count == 0)
            yield break;

        // The weights are the same in every pass but the untrained one, so that equal keys are equal results.
        ResultKeys keys = new(Setup, texts, config, Setup.Untrained ? "untrained" : "as they are");
        ImportanceShard[] shards = [.. ImportanceLibrary.Shards(Setup.Profile)];
        foreach (ImportanceShard shard in shards)
            yield return new WorkUnit(this, WorkUnit.Importance, shard.ToString(), [keys.OfShard(shard)], (laboratory, _) => laboratory.Importance.Make(shard)) { Experiments = scope.Experiments };
        foreach (IGrouping<string, ImportanceShard> language in shards.GroupBy(s => s.Language))
        {
            string[] sums = [.. language.GroupBy(s => s.Part).Select(part => keys.OfShards([.. part]))];
            yield return new WorkUnit(this, WorkUnit.Reduce, $"sums of {PaperLanguages.Get(language.Key).Name}", sums, (laboratory, _) => laboratory.Importance.Reduce(language.Key)) { Experiments = scope.Experiments };
        }

        RegionRemoval[] regions = [.. RegionNeeds.Of(scope.Experiments)];
        yield return new WorkUnit(this, WorkUnit.Regions, $"{regions.Length} regions", [.. regions.Select(keys.OfRegion)], (laboratory, _) => laboratory.Regions.SelectExpected()) { Experiments = scope.Experiments };
        foreach (Experiment part in Parts(scope.Experiments))
        {
            string[] results =
            [
                .. from condition in part.Conditions
                   from language in part.Languages
                   select keys.Of(condition, language),
                .. part.Quantities.Select(q => keys.Of("quantity", q.Id)),
            ];
            yield return new WorkUnit(this, WorkUnit.Measure, part.Title, results, (laboratory, cancellation) => laboratory.Measure(part, null, cancellation)) { Experiments = scope.Experiments };
        }
    }

    // A condition on a group of languages, a training run, or an experiment's other numbers.
    private static IEnumerable<Experiment> Parts(IReadOnlyList<Experiment> experiments)
    {
        IEnumerable<(Condition Condition, Language Language)> cells = experiments.SelectMany(e => e.Conditions.SelectMany(c => e.Languages.Select(l => (c, l)))).Distinct();
        foreach (IGrouping<string, (Condition Condition, Language Language)> cell in cells.GroupBy(c => RunOf(c.Condition)))
        {
            Condition[] conditions = [.. cell.Select(c => c.Condition).Distinct()];
            Language[] languages = [.. cell.Select(c => c.Language).Distinct()];

            // A training run stops to measure on all of its languages.
            foreach (Language[] group in languages.Chunk(conditions[0] is FurtherTrained ? languages.Length : LanguagesPerGroup))
                yield return new Experiment(cell.Key, $"{cell.Key} on {string.Join(", ", group.Select(l => l.Key))}", conditions, group);
        }

        foreach (Experiment experiment in experiments.Where(e => e.Quantities.Count > 0))
            yield return new Experiment(experiment.Id, $"numbers of {experiment.Id}", [], []) { Quantities = experiment.Quantities };
    }

    private static string RunOf(Condition condition) => condition is FurtherTrained run ? $"{run.Plan.Id}, seed {run.Draw}" : condition.Id;
}
