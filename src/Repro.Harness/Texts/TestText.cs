namespace Repro.Harness.Texts;

/// <summary>A text that perplexity is measured on.</summary>
/// <param name="Code">Name of its file or folder in a corpus: a language's ISO 639-1 code, where it is one.</param>
/// <param name="Name">What tables print.</param>
/// <param name="Further">Whether it comes from the corpus for further training, of another origin, instead of the main corpus.</param>
public record TestText(string Code, string Name, bool Further = false)
{
    /// <summary>Short unique name: the code, with a mark for the further corpus.</summary>
    public string Key => Further ? $"{Code}-further" : Code;
}
