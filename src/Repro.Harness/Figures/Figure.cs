using System.Text.Json.Serialization;

namespace Repro.Harness.Figures;

/// <summary>How a figure is best drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FigureKind>))]
public enum FigureKind
{
    /// <summary>One place on the axis per label, a mark with its interval for every series.</summary>
    Categories,

    /// <summary>Lines over a number.</summary>
    Curves,

    /// <summary>A row per series and a column per label, shaded by <see cref="FigurePoint.Increase"/>.</summary>
    HeatMap,
}

/// <summary>A measured number with its interval, and the paper's own.</summary>
/// <param name="Value">The measured number.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Paper">The paper's number, or null where it prints none.</param>
public sealed record Estimate(double Value, double Low, double High, double? Paper);

/// <summary>A perplexity in a figure.</summary>
/// <param name="Label">Its place on the axis.</param>
/// <param name="X">The same as a number, where the axis has a scale.</param>
/// <param name="Nats">Log-perplexity, nats per token.</param>
/// <param name="Increase">What the condition adds to the reference's log-perplexity, nats per token; null for the reference itself.</param>
public sealed record FigurePoint(string Label, double? X, Estimate Nats, Estimate? Increase);

/// <summary>A line, a row of a heat map, or a kind of mark.</summary>
/// <param name="Name">What its legend says.</param>
/// <param name="Points">Its points in the axis's order.</param>
public sealed record FigureSeries(string Name, IReadOnlyList<FigurePoint> Points);

/// <summary>One of the plots that stand side by side in a figure.</summary>
/// <param name="Title">What it is of: a text; empty where there is one plot.</param>
/// <param name="Series">Its series.</param>
public sealed record FigurePanel(string Title, IReadOnlyList<FigureSeries> Series);

/// <summary>Perplexities that people would rather look at, as numbers.</summary>
/// <param name="Id">Its name, unique in a run.</param>
/// <param name="Tables">Ids of the tables it shows.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Kind">How it is best drawn.</param>
/// <param name="Axis">What its labels or numbers are.</param>
/// <param name="Panels">Its plots.</param>
public sealed record Figure(string Id, IReadOnlyList<string> Tables, string Title, string Caption, FigureKind Kind, string Axis, IReadOnlyList<FigurePanel> Panels);
