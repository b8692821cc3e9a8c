using System.Globalization;

namespace Repro.Harness.Texts;

/// <summary>A text that further training reads.</summary>
/// <param name="Text">The text.</param>
/// <param name="Samples">How many samples the paper trains on.</param>
public sealed record FurtherText(TestText Text, int Samples);

/// <summary>The texts a paper uses, and for what.</summary>
/// <param name="Importance">Those that importance is taken from, in the order they are summed; empty for a paper that locates no regions.</param>
/// <param name="Test">Those that perplexity is measured on, of the main corpus.</param>
/// <param name="Further">Those that further training reads and that are tested beside the main corpus's, whether a corpus has enough of them or not.</param>
public sealed record TextSet(IReadOnlyList<TestText> Importance, IReadOnlyList<TestText> Test, IReadOnlyList<FurtherText> Further)
{
    // Of one region nothing can be taken off, and there is nothing that languages could share.
    private const int LeastLocated = 2;

    /// <summary>Texts of the paper that a corpus has too little of to measure on.</summary>
    public IReadOnlyList<TestText> Lacking { get; private init; } = [];

    /// <summary>Texts of the paper that no importance is taken from, because a corpus has too little of them or because they were not asked for.</summary>
    public IReadOnlyList<TestText> Unlocated { get; private init; } = [];

    /// <summary>Whether it is all of the paper's.</summary>
    public bool IsWhole => Lacking.Count + Unlocated.Count == 0;

    /// <summary>Whether importance can be taken from texts enough to locate regions.</summary>
    public bool LocatesRegions => Importance.Count >= LeastLocated;

    /// <summary>Those of the texts that there are.</summary>
    /// <param name="tested">Whether a text can be measured on and, of further text, trained on.</param>
    /// <param name="located">Whether importance can be taken from a text.</param>
    public TextSet Only(Func<TestText, bool> tested, Func<TestText, bool> located) =>
        this with
        {
            Importance = [.. Importance.Where(located)],
            Test = [.. Test.Where(tested)],
            Lacking = [.. Lacking, .. Test.Concat(Further.Select(f => f.Text)).Where(t => !tested(t))],
            Unlocated = [.. Unlocated, .. Importance.Where(t => !located(t))],
        };

    /// <summary>Whether a corpus has too little of a text, in whatever form.</summary>
    /// <param name="text">The text.</param>
    public bool Lacks(TestText text) => Lacking.Any(t => t.Code == text.Code && t.Further == text.Further);

    /// <summary>
    /// A control's texts, as many as importance is taken from: each line of all of those is dealt to another of these at random, as if the labels that say which
    /// text a line belongs to had been shuffled. They are samples only, and nothing is tested on them.
    /// </summary>
    public IReadOnlyList<TestText> Shuffled => [.. Importance.Select((_, i) => new TestText(string.Create(CultureInfo.InvariantCulture, $"shuffled-{i + 1}"), string.Create(CultureInfo.InvariantCulture, $"shuffled labels {i + 1}")))];

    /// <summary>The text whose own region a code names: one of those that importance is taken from, or one of shuffled labels.</summary>
    /// <param name="code">The text's code.</param>
    /// <exception cref="InvalidOperationException">No importance is taken from it.</exception>
    public TestText ForImportance(string code) => Importance.Concat(Shuffled).Single(t => t.Code == code);

    /// <summary>The other texts of those that a text's importance stands beside: the paper's, or those of shuffled labels.</summary>
    /// <param name="code">The text's code.</param>
    /// <exception cref="InvalidOperationException">No importance is taken from it.</exception>
    public IEnumerable<TestText> BesideForImportance(string code)
    {
        IReadOnlyList<TestText> all = new[] { Importance, Shuffled }.Single(texts => texts.Any(t => t.Code == code));
        return all.Where(t => t.Code != code);
    }

    /// <summary>The text of a key.</summary>
    /// <exception cref="InvalidOperationException">The paper does not use it.</exception>
    public TestText Get(string key) => Test.Concat(Further.Select(f => f.Text)).Single(t => t.Key == key);
}
