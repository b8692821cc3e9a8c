using Repro.Harness.Claims;

namespace Repro.History;

/// <summary>A number that has drifted.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number now.</param>
/// <param name="Middle">Its median in the past.</param>
/// <param name="Past">How many earlier values there are.</param>
/// <param name="Kind">Why it counts as drifted.</param>
/// <param name="Allowed">How far from the past it may be.</param>
public sealed record DriftedNumber(string Experiment, string Name, double Value, double Middle, int Past, DriftKind Kind, double Allowed)
{
    /// <summary>How far it is from the past, in what is allowed.</summary>
    public double Excess => Math.Abs(Value - Middle) / Allowed;
}

/// <summary>A claim whose verdict is another than in the run before.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="From">The verdict before.</param>
/// <param name="To">The verdict now.</param>
/// <param name="Before">The run that decided it before.</param>
public sealed record DriftedVerdict(string Claim, VerdictKind From, VerdictKind To, long Before);

/// <summary>The newest run beside the earlier ones of the same profile, device class, checkpoint, corpora, readings, sample sizes and seed.</summary>
/// <param name="Run">The newest run.</param>
/// <param name="Earlier">How many earlier runs it is compared with.</param>
/// <param name="Compared">How many of its numbers have a past.</param>
/// <param name="Numbers">Those that drifted, the farthest first.</param>
/// <param name="Verdicts">Verdicts that changed.</param>
public sealed record DriftReport(RecordedRun Run, int Earlier, int Compared, IReadOnlyList<DriftedNumber> Numbers, IReadOnlyList<DriftedVerdict> Verdicts)
{
    /// <summary>Whether anything drifted.</summary>
    public bool HasDrifted => Numbers.Count > 0 || Verdicts.Count > 0;
}
