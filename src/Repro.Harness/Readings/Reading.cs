using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Text;

namespace Repro.Harness.Readings;

/// <summary>A point that a paper leaves open, with several ways to read it.</summary>
/// <param name="Name">Its name in provenance and in keys of results.</param>
public abstract record Reading(string Name)
{
    /// <summary>Importance: how gradients become it.</summary>
    public static Reading<ImportanceReading> Importance { get; } = new("importance", ImportanceReading.Signed);

    /// <summary>Samples: how lines of text become documents that importance is taken from.</summary>
    public static Reading<SampleReading> Samples { get; } = new("samples", SampleReading.Line);

    /// <summary>Norms: whether regions hold RMSNorm weights.</summary>
    public static Reading<NormReading> Norms { get; } = new("norms", NormReading.WithNorms);

    /// <summary>Perplexity: how per-document sums become it.</summary>
    public static Reading<PerplexityReading> Perplexity { get; } = new("perplexity", PerplexityReading.PerToken);

    /// <summary>The readings that importance and what is selected by it depend on.</summary>
    public static IReadOnlyList<Reading> OfImportance { get; } = [Importance, Samples, Norms];

    /// <summary>The usual way, by its name.</summary>
    public abstract string UsualName { get; }
}

/// <summary>A point that a paper leaves open, with the values it can take.</summary>
/// <param name="Name">Its name in provenance and in keys of results.</param>
/// <param name="Usual">The way it is read by default.</param>
public sealed record Reading<T>(string Name, T Usual) : Reading(Name)
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override string UsualName => Usual.ToString();
}
