using Repro.Engine.Text;

namespace Repro.Harness.Texts;

/// <summary>Test lines that also stand among the training lines. Perplexity on them measures memory instead of language; nothing is left out for it.</summary>
public static class SharedLines
{
    /// <summary>A warning that names the texts with how many lines they share; null where none does.</summary>
    /// <param name="texts">The texts that are measured.</param>
    /// <param name="corpus">Folder of the main corpus.</param>
    /// <param name="further">Folder of the corpus for further training, or null for none.</param>
    /// <exception cref="Engine.Files.InputException">A corpus can't be read.</exception>
    public static string? Warning(TextSet texts, string corpus, string? further)
    {
        string[] shared = [.. In(corpus, texts.Test), .. further is null ? [] : In(further, texts.Further.Select(f => f.Text))];
        return shared.Length == 0
            ? null
            : $"warning: these test lines also stand among the training lines, so that they measure memory and not language; take them out of one of the two: {string.Join(", ", shared)}";
    }

    private static IEnumerable<string> In(string folder, IEnumerable<TestText> texts)
    {
        Corpus corpus = Corpus.Open(folder);
        return from text in texts
               let test = corpus.Lines(text.Code, Split.Test).Count
               let shared = corpus.SharedLines(text.Code).Count
               where shared > 0
               select FormattableString.Invariant($"{text.Name} {shared} of {test}");
    }
}
