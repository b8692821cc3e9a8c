using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Goldens;
using Repro.Paper.Languages;

namespace Repro.Paper.Verification;

/// <summary>Measures what the claims need, experiment by experiment, and decides each claim as soon as its experiment is measured.</summary>
public static class VerificationRun
{
    /// <summary>Runs the pipeline.</summary>
    /// <param name="setup">Checkpoint, corpora, profile, device and store.</param>
    /// <param name="claims">The claims to decide.</param>
    /// <param name="publishedFolder">Folder of the paper's own numbers.</param>
    /// <param name="observer">Hears of progress and verdicts.</param>
    /// <param name="cancellation">Ends the run between two batches.</param>
    /// <exception cref="Engine.Storage.InputException">Checkpoint, corpora or published numbers can't be used.</exception>
    public static VerificationResult Execute(
        Setup setup, IReadOnlyList<Claim> claims, string publishedFolder, RunObserver? observer = null, CancellationToken cancellation = default)
    {
        PublishedWorld paper = new(publishedFolder, setup.Profile.Training);
        using Laboratory laboratory = new(setup);
        string checkpointHash = laboratory.CheckpointHash();
        HashSet<Language> covered = [.. claims.SelectMany(c => c.Languages).Concat(PaperLanguages.Region).Distinct().Where(laboratory.Texts.Covers)];
        Experiment[] all = [.. PaperExperiments.All(setup.Profile)];
        HashSet<string> training = [.. all.Where(e => e.Conditions.OfType<FurtherTrained>().Any()).Select(e => e.Id)];
        string? refusal = laboratory.TrainingRefusal();
        bool Fits(Claim claim) => refusal is null || !claim.Experiments.Any(training.Contains);
        Claim[] applicable = [.. claims.Where(c => Fits(c) && c.Languages.Concat(PaperLanguages.Region).All(covered.Contains))];
        Experiment[] experiments = [.. all.Where(e => applicable.Any(c => c.Experiments.Contains(e.Id)))];

        Dictionary<string, Verdict> verdicts = [];
        void Decide(Verdict verdict)
        {
            verdicts[verdict.Claim.Id] = verdict;
            observer?.Decided?.Invoke(verdict);
        }

        foreach (Claim claim in claims.Except(applicable))
            Decide(NotApplicable(claim, Fits(claim) ? MissingText(claim, covered) : refusal!));
        ProgressCount count = new(WorkPlan.Units(laboratory, experiments), observer?.Progress);
        Judge judge = new(paper, new MeasuredWorlds(laboratory));
        laboratory.Regions.Expected = [.. RegionNeeds.Of(experiments)];
        HashSet<string> measured = [];
        foreach (Experiment experiment in experiments)
        {
            laboratory.Measure(experiment, count.Add, cancellation);
            measured.Add(experiment.Id);
            Claim[] ready = [.. applicable.Where(c => !verdicts.ContainsKey(c.Id) && c.Experiments.All(measured.Contains))];
            IReadOnlyList<Gate> integrity = ready.Any(c => c.Gate.Count > 0)
                ? ExplosionGate.Integrity(laboratory, checkpointHash, RecordedHash.Of(setup.Checkpoint), ready.SelectMany(c => c.Languages).Distinct())
                : [];
            foreach (Claim claim in ready)
            {
                cancellation.ThrowIfCancellationRequested();
                Decide(judge.Decide(claim, ExplosionGate.Check(laboratory, integrity, judge.Point, claim)));
            }
        }

        Provenance provenance = Provenance.Of(laboratory, checkpointHash);
        return new VerificationResult(
            provenance,
            [.. experiments.Select(e => ExperimentGolden.Of(e, laboratory, provenance))],
            [.. claims.Select(c => verdicts[c.Id])],
            [.. laboratory.AllDocuments()])
        {
            DensityMaps = measured.Contains("figure-02") ? DensityMap.All(laboratory) : [],
        };
    }

    private static Verdict NotApplicable(Claim claim, string reason) => new(claim, VerdictKind.NotApplicable, reason, 0, [], []);

    private static string MissingText(Claim claim, HashSet<Language> covered) =>
        $"the corpus lacks enough text of {string.Join(", ", claim.Languages.Concat(PaperLanguages.Region).Distinct().Where(l => !covered.Contains(l)).Select(l => l.Name))}";

    private sealed class ProgressCount(long total, Action<RunProgress>? progress)
    {
        private long done;

        public void Add(long units, string activity)
        {
            done = Math.Min(total, done + units);
            progress?.Invoke(new RunProgress(done, total, activity));
        }
    }
}
