namespace Repro.Harness.Texts;

/// <summary>A text that further training reads.</summary>
/// <param name="Text">The text.</param>
/// <param name="Samples">How many samples the paper trains on.</param>
public sealed record FurtherText(TestText Text, int Samples);

/// <summary>The texts a paper uses, and for what.</summary>
/// <param name="Importance">Those that importance is taken from, in the order they are summed; empty for a paper that locates no regions.</param>
/// <param name="Test">Those that perplexity is measured on, of the main corpus.</param>
/// <param name="Further">Those that further training reads and that are tested beside the main corpus's.</param>
public sealed record TextSet(IReadOnlyList<TestText> Importance, IReadOnlyList<TestText> Test, IReadOnlyList<FurtherText> Further)
{
    /// <summary>The text of a key.</summary>
    /// <exception cref="InvalidOperationException">The paper does not use it.</exception>
    public TestText Get(string key) => Test.Concat(Further.Select(f => f.Text)).Single(t => t.Key == key);
}
