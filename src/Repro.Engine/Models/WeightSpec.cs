using System.Globalization;

namespace Repro.Engine.Models;

/// <summary>A weight that an architecture has once, or once in each block.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Pattern">Its name, with * for the index of the block; where no <see cref="FusedSpec"/> holds it, that of its tensor in a checkpoint.</param>
/// <param name="Shape">Its sizes in a model of a shape, or null where such a model has none.</param>
internal sealed record WeightSpec(WeightRole Role, string Pattern, Func<LlamaConfig, long[]?> Shape)
{
    private readonly int star = Pattern.IndexOf('*', StringComparison.Ordinal);

    /// <summary>What stands before the index of the block; the whole name of a weight outside the blocks.</summary>
    private string Before => star < 0 ? Pattern : Pattern[..star];

    /// <summary>What stands behind the index of the block.</summary>
    public string Behind => star < 0 ? "" : Pattern[(star + 1)..];

    /// <summary>The weight's name.</summary>
    /// <param name="layer">The block; null for a weight outside the blocks.</param>
    public string Name(int? layer) => layer is { } index ? string.Create(CultureInfo.InvariantCulture, $"{Before}{index}{Behind}") : Pattern;

    /// <summary>Whether a name is this weight's, and of which block.</summary>
    public bool Matches(string name, out int? layer)
    {
        layer = null;
        if (!Role.IsInBlock())
            return name == Pattern;
        if (name.Length <= Before.Length + Behind.Length || !name.StartsWith(Before, StringComparison.Ordinal) || !name.EndsWith(Behind, StringComparison.Ordinal)
            || !int.TryParse(name.AsSpan(Before.Length, name.Length - Before.Length - Behind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            || Name(index) != name)
        {
            return false;
        }

        layer = index;
        return true;
    }
}
