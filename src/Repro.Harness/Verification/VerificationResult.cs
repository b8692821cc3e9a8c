using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;

namespace Repro.Harness.Verification;

/// <summary>What a run found.</summary>
/// <param name="Provenance">What it was measured on and how.</param>
/// <param name="Tables">The measured tables.</param>
/// <param name="Verdicts">The verdicts, in the order of the claims.</param>
/// <param name="Documents">Per-document sums of every measurement.</param>
public sealed record VerificationResult(
    Provenance Provenance, IReadOnlyList<TableResult> Tables, IReadOnlyList<Verdict> Verdicts, IReadOnlyList<MeasuredDocuments> Documents)
{
    /// <summary>Pictures of where regions lie; empty where none was drawn.</summary>
    public IReadOnlyList<DensityMap> DensityMaps { get; init; } = [];

    /// <summary>The numbers of its figures.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Files of the core regions it has selected, by their share of each tensor; the store keeps them.</summary>
    public IReadOnlyDictionary<double, string> CoreRegions { get; init; } = new Dictionary<double, string>();

    /// <summary>Floating-point operations of everything that was computed, controls included; what was recalled costs none.</summary>
    public double Operations { get; init; }

    /// <summary>The verdicts under every other reading, or null where they were not asked for.</summary>
    public RobustnessGolden? Robustness { get; init; }

    /// <summary>The verdicts on an untrained checkpoint, or null where they were not asked for.</summary>
    public UntrainedGolden? Untrained { get; init; }
}
