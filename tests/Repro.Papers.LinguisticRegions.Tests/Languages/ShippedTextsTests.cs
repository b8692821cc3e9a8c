using Repro.Engine.Text;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Languages;

namespace Repro.Papers.LinguisticRegions.Tests.Languages;

/// <summary>The texts that come with the project.</summary>
public sealed class ShippedTextsTests
{
    private static readonly string Main = Path.Combine(Project.Folder, "fixtures", "corpora");

    [Test]
    public void No_test_line_stands_among_the_training_lines() =>
        SharedLines.Warning(PaperLanguages.Texts, Main, Path.Combine(Project.Folder, "fixtures", "further")).Should().BeNull();

    [Test]
    public void The_test_texts_have_as_many_sentences_in_every_language_as_parallel_texts_have()
    {
        Corpus corpus = Corpus.Open(Main);
        PaperLanguages.All.Select(l => corpus.Lines(l.Code, Split.Test).Count).Should().OnlyContain(count => count == 200);
    }
}
