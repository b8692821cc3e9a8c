namespace Repro.Harness.Texts;

/// <summary>A text that perplexity is measured on.</summary>
/// <param name="Code">Name of its file or folder in a corpus: a language's ISO 639-1 code, where it is one.</param>
/// <param name="Name">What tables print.</param>
/// <param name="Further">Whether it comes from the corpus for further training, of another origin, instead of the main corpus.</param>
public record TestText(string Code, string Name, bool Further = false)
{
    /// <summary>Whether the tokens of each document stand in a random order between BOS and EOS, so that token frequencies are all that there is to predict.</summary>
    public bool InRandomOrder { get; init; }

    /// <summary>Short unique name: the code, with a mark for the further corpus and one for tokens in random order.</summary>
    public string Key => $"{Code}{(Further ? "-further" : "")}{(InRandomOrder ? "-random-order" : "")}";

    /// <summary>The same text with the tokens of each document in random order: text of no language.</summary>
    public TestText WithTokensInRandomOrder() => InRandomOrder ? this : this with { Name = $"{Name} (random order)", InRandomOrder = true };
}
