namespace Repro.Harness.Tests.Measuring;

/// <summary>A corpus of plain sentences that the test writes, none of them twice under one code.</summary>
internal sealed class WrittenCorpus : IDisposable
{
    // Numbers of parts without a common divisor, so that 1,260 sentences in a row are all different.
    private static readonly string[] Who = ["The baker", "My sister", "An old man", "The teacher", "Our neighbour", "The doctor", "A young girl"];
    private static readonly string[] What = ["opened the door", "read a long letter", "looked for the keys", "carried the basket", "told a story"];
    private static readonly string[] Where = ["at home", "in the garden", "near the river", "on the bridge", "at the station", "in the kitchen", "behind the church", "by the sea", "in the market"];
    private static readonly string[] When = ["in the morning", "after dinner", "before the rain", "last winter"];

    private readonly TemporaryFolder folder = new();

    public string Path => folder.Path;

    /// <summary>Adds a text.</summary>
    /// <param name="code">Two letters.</param>
    /// <param name="train">Lines to train on and to take importance from.</param>
    /// <param name="test">Lines to test on, different from those.</param>
    /// <param name="skip">How many sentences come before, so that texts differ.</param>
    public WrittenCorpus Add(string code, int train, int test, int skip)
    {
        Write($"{code}/train.txt", skip, train);
        Write($"{code}/test.txt", skip + train, test);
        return this;
    }

    public void Dispose() => folder.Dispose();

    private void Write(string name, int skip, int count) => folder.Write(name, string.Concat(Enumerable.Range(skip, count).Select(i => Sentence(i) + "\n")));

    private static string Sentence(int i) => $"{Who[i % Who.Length]} {What[i % What.Length]} {Where[i % Where.Length]} {When[i % When.Length]}.";
}
