using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Texts;

namespace Repro.Harness.Verification;

/// <summary>What goes beyond a verification's own run.</summary>
public enum VerificationDepth
{
    /// <summary>The claims, and nothing else.</summary>
    ClaimsOnly,

    /// <summary>The claims, and the untrained control of the tables that always have it.</summary>
    WithControl,

    /// <summary>The claims, the whole untrained control, and every other reading.</summary>
    Thorough,
}

/// <summary>Measures what the claims need, table by table, and decides each claim as soon as its table is measured.</summary>
public static class VerificationRun
{
    /// <summary>Runs the pipeline.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="configuration">Checkpoint, corpora, profile, device and store.</param>
    /// <param name="claims">The claims to decide.</param>
    /// <param name="depth">What else is verified.</param>
    /// <param name="observer">Receives progress and verdicts.</param>
    /// <param name="cancellation">Ends the run between two batches.</param>
    /// <exception cref="Engine.Files.InputException">Checkpoint, corpora or published numbers can't be used.</exception>
    public static VerificationResult Execute(
        Paper paper,
        RunConfiguration configuration,
        IReadOnlyList<Claim> claims,
        VerificationDepth depth = VerificationDepth.ClaimsOnly,
        RunObserver? observer = null,
        CancellationToken cancellation = default)
    {
        IReadOnlyList<VerificationPass> passes = VerificationPass.Of(paper, configuration, claims, depth);
        VerificationResult own;
        using (VerificationSession verification = new(paper, configuration, claims))
        {
            observer?.Planned?.Invoke(verification.Session.Plan, Operations(verification, passes));
            RunContext context = Decide(verification, observer, cancellation);
            own = verification.Conclude(context);
        }

        DecidedPass[] others = [.. passes.Skip(1).Select(pass => Decide(pass, observer?.Progress, cancellation))];
        return own with
        {
            Untrained = others.FirstOrDefault(p => p.Pass.Configuration.Untrained) is { } untrained ? UntrainedGolden.Of(untrained.Provenance, untrained.Verdicts) : null,
            Robustness = others.Any(p => p.Pass.Reading is not null) ? ReadingPasses.Compare(own, [.. others.Where(p => p.Pass.Reading is not null)]) : null,
            Operations = own.Operations + others.Sum(p => p.Operations),
        };
    }

    /// <summary>The verdicts of a control or of another reading.</summary>
    private static DecidedPass Decide(VerificationPass pass, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        using VerificationSession verification = new(pass.Paper, pass.Configuration, pass.Claims);
        Decide(verification, new RunObserver(p => progress?.Invoke(p with { Activity = $"{pass.Name}: {p.Activity}" })), cancellation);
        return new DecidedPass(pass, verification.Provenance, verification.Verdicts, verification.Session.Work.Operations);
    }

    private static RunContext Decide(VerificationSession verification, RunObserver? observer, CancellationToken cancellation)
    {
        foreach (Verdict verdict in verification.NotApplicable())
            observer?.Decided?.Invoke(verdict);
        ProgressCount count = new(WorkPlan.Units(verification.Session, verification.Scope.Tables), observer?.Progress);
        RunContext context = new(count.Add, cancellation);
        bool trained = false;
        foreach (PaperTable table in verification.Scope.Tables)
        {
            if (!trained && table.Plan.Runs.Any())
            {
                verification.TrainAhead(context);
                trained = true;
            }

            foreach (Verdict verdict in verification.Decide(table, context))
                observer?.Decided?.Invoke(verdict);
        }

        return context;
    }

    private static double Operations(VerificationSession verification, IReadOnlyList<VerificationPass> passes)
    {
        ModelSession session = verification.Session;
        TextSet texts = session.Profile.Texts;

        // A paper that takes no importance is measured on its test texts alone.
        IEnumerable<int[]> documents = texts.Importance.Count > 0
            ? texts.Importance.SelectMany(t => session.Texts.Samples(t, ..))
            : texts.Test.SelectMany(session.Texts.Test);
        double tokens = documents.Select(d => d.Length - 1.0).DefaultIfEmpty(0).Average();
        return VerificationCost.Of(passes, session.Config, tokens, session.Plan.TokensTogether > 0).All.Operations;
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

/// <summary>A pass whose claims are decided.</summary>
/// <param name="Pass">The pass.</param>
/// <param name="Provenance">What it was measured on.</param>
/// <param name="Verdicts">The verdicts, in the order of the claims.</param>
/// <param name="Operations">Floating-point operations of what was computed.</param>
internal sealed record DecidedPass(VerificationPass Pass, Provenance Provenance, IReadOnlyList<Verdict> Verdicts, double Operations);
