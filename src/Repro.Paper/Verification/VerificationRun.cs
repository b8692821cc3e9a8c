using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Figures;
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
    /// <exception cref="Engine.Files.InputException">Checkpoint, corpora or published numbers can't be used.</exception>
    public static VerificationResult Execute(
        Setup setup, IReadOnlyList<Claim> claims, string publishedFolder, RunObserver? observer = null, CancellationToken cancellation = default) =>
        Run(setup, claims, publishedFolder, observer, withControls: false, Conclude, cancellation);

    /// <summary>Runs the pipeline, then the untrained control and every other reading.</summary>
    /// <inheritdoc cref="Execute"/>
    public static VerificationResult ExecuteWithControls(
        Setup setup, IReadOnlyList<Claim> claims, string publishedFolder, RunObserver? observer = null, CancellationToken cancellation = default)
    {
        VerificationResult own = Run(setup, claims, publishedFolder, observer, withControls: true, Conclude, cancellation);
        return own with
        {
            Untrained = UntrainedRun.Execute(setup, publishedFolder, observer?.Progress, cancellation),
            Robustness = RobustnessRun.Execute(setup, own, publishedFolder, observer?.Progress, cancellation),
        };
    }

    /// <summary>The verdicts of a control or of another reading.</summary>
    internal static DecidedRun Decide(VerificationPass pass, string publishedFolder, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        RunObserver observer = new(p => progress?.Invoke(p with { Activity = $"{pass.Name}: {p.Activity}" }));
        return Run(pass.Setup, pass.Claims, publishedFolder, observer, withControls: false, (_, run) => run, cancellation);
    }

    private static VerificationResult Conclude(Laboratory laboratory, DecidedRun run) => new(
        run.Provenance,
        [.. run.Experiments.Select(e => ExperimentGolden.Of(e, laboratory, run.Provenance))],
        run.Verdicts,
        [.. laboratory.AllDocuments()])
    {
        DensityMaps = run.Experiments.Any(e => e.Id == "figure-02") ? DensityMap.All(laboratory) : [],
        Figures = PaperFigures.All(laboratory.Profile, run.Experiments, run.Worlds, run.Paper),
        CoreRegions = laboratory.Regions.CoreFiles(),
    };

    private static T Run<T>(
        Setup setup,
        IReadOnlyList<Claim> claims,
        string publishedFolder,
        RunObserver? observer,
        bool withControls,
        Func<Laboratory, DecidedRun, T> conclude,
        CancellationToken cancellation)
    {
        PublishedWorld paper = new(publishedFolder, setup.Profile);
        using Laboratory laboratory = new(setup);
        string checkpointHash = laboratory.CheckpointHash();
        VerificationScope scope = new(setup, laboratory.Config, laboratory.Texts, claims);
        long units = WorkPlan.Units(laboratory, scope.Experiments);
        observer?.Planned?.Invoke(laboratory.Plan, Operations(laboratory, VerificationPass.Of(setup, scope.Applicable, withControls)));

        Dictionary<string, Verdict> verdicts = [];
        void Decide(Verdict verdict)
        {
            verdicts[verdict.Claim.Id] = verdict;
            observer?.Decided?.Invoke(verdict);
        }

        foreach (Claim claim in claims.Except(scope.Applicable))
            Decide(new Verdict(claim, VerdictKind.NotApplicable, scope.WhyNot(claim)!, 0, [], []));
        ProgressCount count = new(units, observer?.Progress);
        MeasuredWorlds worlds = new(laboratory);
        Judge judge = new(paper, worlds, setup.Profile.ShareOfPaper);
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

        return conclude(laboratory, new DecidedRun(Provenance.Of(laboratory, checkpointHash), scope.Experiments, [.. claims.Select(c => verdicts[c.Id])], worlds, paper));
    }

    private static double Operations(Laboratory laboratory, IReadOnlyList<VerificationPass> passes)
    {
        double tokens = PaperLanguages.Region.SelectMany(l => laboratory.Texts.Samples(l.Code, ..)).Select(d => d.Length - 1.0).DefaultIfEmpty(0).Average();
        return VerificationCost.Of(passes, laboratory.Config, tokens, laboratory.Plan.TokensTogether > 0).WithControls.Operations;
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

/// <summary>A run whose claims are decided.</summary>
/// <param name="Provenance">What it was measured on.</param>
/// <param name="Experiments">What was measured.</param>
/// <param name="Verdicts">The verdicts, in the order of the claims.</param>
/// <param name="Worlds">The measurements and their bootstrap draws.</param>
/// <param name="Paper">The paper's numbers.</param>
internal sealed record DecidedRun(Provenance Provenance, IReadOnlyList<Experiment> Experiments, IReadOnlyList<Verdict> Verdicts, MeasuredWorlds Worlds, IMeasuredWorld Paper);
