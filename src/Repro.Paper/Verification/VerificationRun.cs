using Repro.Engine.Planning;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;

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
        PublishedWorld paper = new(publishedFolder, setup.Profile);
        using Laboratory laboratory = new(setup);
        string checkpointHash = laboratory.CheckpointHash();
        VerificationScope scope = new(setup, laboratory.Config, laboratory.Texts, claims);
        long units = WorkPlan.Units(laboratory, scope.Experiments);
        observer?.Planned?.Invoke(laboratory.Plan, units * new ModelSize(laboratory.Config, laboratory.Config.WeightType).ForwardOperations(0));

        Dictionary<string, Verdict> verdicts = [];
        void Decide(Verdict verdict)
        {
            verdicts[verdict.Claim.Id] = verdict;
            observer?.Decided?.Invoke(verdict);
        }

        foreach (Claim claim in claims.Except(scope.Applicable))
            Decide(new Verdict(claim, VerdictKind.NotApplicable, scope.WhyNot(claim)!, 0, [], []));
        ProgressCount count = new(units, observer?.Progress);
        Judge judge = new(paper, new MeasuredWorlds(laboratory), setup.Profile.ShareOfPaper);
        laboratory.Regions.Expected = [.. RegionNeeds.Of(scope.Experiments)];
        HashSet<string> measured = [];
        foreach (Experiment experiment in scope.Experiments)
        {
            laboratory.Measure(experiment, count.Add, cancellation);
            measured.Add(experiment.Id);
            Claim[] ready = [.. scope.Applicable.Where(c => !verdicts.ContainsKey(c.Id) && c.Experiments.All(measured.Contains))];
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
            [.. scope.Experiments.Select(e => ExperimentGolden.Of(e, laboratory, provenance))],
            [.. claims.Select(c => verdicts[c.Id])],
            [.. laboratory.AllDocuments()])
        {
            DensityMaps = measured.Contains("figure-02") ? DensityMap.All(laboratory) : [],
        };
    }

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
