namespace Repro.Harness.Texts;

/// <summary>What a text's documents hold: their own words, or what a control puts in their place.</summary>
public enum TextForm
{
    /// <summary>The text as it is written.</summary>
    Written,

    /// <summary>The tokens of each document in a random order, so that token frequencies are all that there is to predict.</summary>
    RandomOrder,

    /// <summary>Decimal numbers drawn at random, as many tokens of them as each document has.</summary>
    Digits,
}

/// <summary>A text that perplexity is measured on, or that importance is taken from.</summary>
/// <param name="Code">Name of its file or folder in a corpus: a language's ISO 639-1 code, where it is one.</param>
/// <param name="Name">What tables print.</param>
/// <param name="Further">Whether it comes from the corpus for further training, of another origin, instead of the main corpus.</param>
public record TestText(string Code, string Name, bool Further = false)
{
    /// <summary>What its documents hold between BOS and EOS.</summary>
    public TextForm Form { get; init; }

    /// <summary>Short unique name: the code, with a mark for the further corpus and one for a form that is not the written one.</summary>
    public string Key => $"{Code}{(Further ? "-further" : "")}{Form switch { TextForm.RandomOrder => "-random-order", TextForm.Digits => "-digits", _ => "" }}";

    /// <summary>The same text with the tokens of each document in random order: text of no language.</summary>
    /// <exception cref="InvalidOperationException">It is of another form already.</exception>
    public TestText WithTokensInRandomOrder() => In(TextForm.RandomOrder, "random order");

    /// <summary>Digits in place of the text, document by document as long: text of no language.</summary>
    /// <inheritdoc cref="WithTokensInRandomOrder"/>
    public TestText AsDigits() => In(TextForm.Digits, "digits");

    private TestText In(TextForm form, string words) => Form switch
    {
        TextForm.Written => this with { Name = $"{Name} ({words})", Form = form },
        _ => Form == form ? this : throw new InvalidOperationException($"{Name} is not as it was written."),
    };
}
