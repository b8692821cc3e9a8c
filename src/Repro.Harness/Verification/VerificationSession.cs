using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;

namespace Repro.Harness.Verification;

/// <summary>A checkpoint on which claims are decided, table by table; a table is measured when it is first asked for.</summary>
public sealed class VerificationSession : IDisposable
{
    private readonly Paper paper;
    private readonly RunConfiguration configuration;
    private readonly ModelSession session;
    private readonly MeasurementCache cache;
    private readonly IReadOnlyList<Claim> claims;
    private readonly Dictionary<string, Verdict> verdicts = new(StringComparer.Ordinal);
    private readonly string? recordedHash;
    private BootstrapMeasurements resampled;

    /// <summary>Opens the checkpoint and the texts.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="configuration">Checkpoint, corpora, profile, device and store.</param>
    /// <param name="claims">The claims that will be decided; their regions are selected together.</param>
    /// <exception cref="Engine.Files.InputException">Checkpoint or corpora can't be used.</exception>
    public VerificationSession(Paper paper, RunConfiguration configuration, IReadOnlyList<Claim> claims)
    {
        this.paper = paper;
        this.configuration = configuration;
        this.claims = claims;
        session = new ModelSession(configuration);
        CheckpointHash = session.CheckpointHash();
        recordedHash = RecordedHash.Of(configuration.Checkpoint);
        cache = new MeasurementCache(session);
        resampled = new BootstrapMeasurements(cache.Measured, configuration.Profile);
        Scope = new VerificationScope(paper, configuration, session.Config, session.Texts, claims);
        Provenance = Provenance.Of(session, CheckpointHash);
    }

    /// <summary>Which of the claims can be decided.</summary>
    public VerificationScope Scope { get; }

    /// <summary>What it is measured on.</summary>
    public Provenance Provenance { get; }

    /// <summary>What has been measured so far.</summary>
    public MeasurementSet Measured => cache.Measured;

    internal string CheckpointHash { get; }

    internal ModelSession Session => session;

    /// <summary>Verdicts of claims that can't be decided.</summary>
    public IReadOnlyList<Verdict> NotApplicable() =>
    [
        .. claims.Where(c => Scope.WhyNot(c) is not null)
            .Select(c => verdicts[c.Id] = new Verdict(c, VerdictKind.NotApplicable, Scope.WhyNot(c)!, 0, [], []) { Paper = PaperOutcome.Of(c, Scope.Published(c)) }),
    ];

    /// <summary>Measures a table and decides those of its claims that were asked for, one after the other.</summary>
    /// <param name="table">One of the scope's tables.</param>
    /// <param name="context">Progress and cancellation.</param>
    public IEnumerable<Verdict> Decide(PaperTable table, RunContext context)
    {
        Claim[] asked = [.. Scope.Applicable.Where(c => c.TableId == table.Id)];
        MeasurementSet measured = cache.Measure(table.Plan, Scope.Regions, context);
        resampled = resampled.With(measured);
        ClaimEvaluator evaluator = new(resampled, configuration.Profile.ShareOfPaper);
        ExplosionGate gate = new(measured, configuration.Profile, configuration.IsProfileOwn);
        foreach (Claim claim in asked)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            yield return verdicts[claim.Id] = evaluator.Decide(claim, table.Published, gate.Check(claim, Integrity));
        }
    }

    /// <summary>Trains the runs of all tables together, which is faster than table by table; their numbers are the same.</summary>
    /// <param name="context">Progress and cancellation.</param>
    public void TrainAhead(RunContext context) => cache.TrainAhead([.. Scope.Tables.Select(t => t.Plan).Where(p => p.Runs.Any())], Scope.Regions, context);

    /// <summary>What was found of a table: its numbers with what its golden has beside them.</summary>
    /// <param name="table">A table that was measured.</param>
    /// <param name="context">Progress and cancellation.</param>
    public TableResult Result(PaperTable table, RunContext context) => TableResult.From(table, cache.Describe(table.Plan, context), Provenance);

    /// <summary>Everything that was found, where every table of the scope was decided.</summary>
    /// <param name="context">Progress and cancellation.</param>
    public VerificationResult Conclude(RunContext context)
    {
        TableResult[] tables = [.. Scope.Tables.Select(t => Result(t, context))];
        BootstrapMeasurements all = resampled.With(Measured);
        return new VerificationResult(Provenance, tables, Verdicts, [.. Measured.AllDocuments])
        {
            DensityMaps = Measured.DensityMaps,
            Figures = [.. paper.JointFigures(configuration.Profile, Scope.Tables).Concat(Scope.Tables.Select(t => t.Figure).OfType<FigurePlan>()).Select(plan => plan.Fill(all))],
            CoreRegions = session.Regions.CoreFiles(Scope.Regions),
            Operations = session.Work.Operations,
        };
    }

    /// <summary>The verdicts so far, in the order of the claims.</summary>
    internal IReadOnlyList<Verdict> Verdicts => [.. claims.Select(c => verdicts[c.Id])];

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private IntegrityFacts Integrity() => new(
        CheckpointHash, session.CheckpointHash(), recordedHash, session.FingerprintBefore, session.FingerprintNow(), session.Texts.Bos);
}
