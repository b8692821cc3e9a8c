namespace Repro.Terminal;

/// <summary>A column of a table.</summary>
public sealed record Column
{
    private Column(string title) => Title = title;

    /// <value>What stands above it; may have several lines.</value>
    internal string Title { get; }

    /// <value>Whether its cells may be broken into lines.</value>
    internal bool Wraps { get; private init; }

    /// <value>Whether its cells end below each other.</value>
    internal bool IsNumber { get; private init; }

    /// <value>The most characters that a cell shows; null shows all.</value>
    internal int? Most { get; private init; }

    /// <value>Its width; null is that of its cells.</value>
    internal int? Width { get; private init; }

    /// <summary>Sentences, broken at blanks where the line ends.</summary>
    public static Column Text(string title) => new(title) { Wraps = true };

    /// <summary>A word, which stays on one line.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="width">Its width, for tables that stand below each other; null is that of its cells.</param>
    public static Column Word(string title, int? width = null) => new(title) { Width = width };

    /// <summary>A number, which is never broken or cut.</summary>
    public static Column Number(string title) => new(title) { IsNumber = true };

    /// <summary>A name that somebody gave, cut where it is longer than most.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="most">The most characters shown.</param>
    public static Column Name(string title, int most) => new(title) { Most = most };
}
