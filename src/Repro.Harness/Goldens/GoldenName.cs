namespace Repro.Harness.Goldens;

/// <summary>Name of a golden in a profile's folder.</summary>
/// <param name="Folder">Folder below the profile's; empty for none.</param>
/// <param name="Id">The table, the claim, or what else it is of.</param>
/// <param name="Extension">Kind of its file.</param>
public sealed record GoldenName(string Folder, string Id, string Extension)
{
    /// <summary>Verdicts under other readings.</summary>
    public static GoldenName Robustness { get; } = new("", "robustness", "json");

    /// <summary>Verdicts on an untrained checkpoint.</summary>
    public static GoldenName Untrained { get; } = new("", "control-untrained", "json");

    /// <summary>Of a table's numbers.</summary>
    public static GoldenName OfTable(string id) => new("tables", id, "json");

    /// <summary>Of a claim's verdict.</summary>
    public static GoldenName OfClaim(string id) => new("claims", id, "txt");

    /// <inheritdoc/>
    public override string ToString() => Path.Combine(Folder, Id);
}
