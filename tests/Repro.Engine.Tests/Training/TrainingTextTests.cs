using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using Repro.Engine.Training;

namespace Repro.Engine.Tests.Training;

/// <summary>Which lines are trained on.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrainingTextTests : IDisposable
{
    private static readonly Tokenizer Tokenizer = Tokenizer.Open(Path.Combine(Project.Folder, "fixtures", "tiny", Checkpoint.TokenizerName));
    private static readonly LlamaConfig Config = TinyModels.Config() with { VocabularySize = 4096 };
    private readonly TemporaryFolder corpus = new();
    private readonly TemporaryFolder other = new();

    public TrainingTextTests()
    {
        corpus.Write("en/train.txt", "One.\nTwo.\nThree.\nFour.");
        corpus.Write("en/test.txt", "Two.");
        corpus.Write("fr/train.txt", "Un.\nDeux.");
        other.Write("en/train.txt", "Three.");
        other.Write("en/test.txt", "Four.");
        other.Write("de/test.txt", "Un.");
    }

    public void Dispose()
    {
        corpus.Dispose();
        other.Dispose();
    }

    [Test]
    public void A_test_line_is_not_trained_on() => Kept("en").Should().Equal("One.", "Three.", "Four.");

    [Test]
    public void No_line_of_a_held_out_corpus_is_trained_on_whichever_its_part()
    {
        Kept("en", Corpus.Open(other.Path)).Should().Equal("One.");
        TrainingText.Lines([Corpus.Open(corpus.Path)], "en", [Corpus.Open(other.Path)]).Dropped.Should().Be(3);
        Kept("fr", Corpus.Open(other.Path)).Should().Equal(["Un.", "Deux."], "the held-out line is another language's");
    }

    [Test]
    public void Of_a_language_no_more_tokens_are_taken_than_are_asked_for()
    {
        TrainingText all = Build(null);
        TrainingText some = Build(all.Shares["en"].Tokens - 1);
        some.Shares["en"].Lines.Should().Be(2);
        some.Shares["en"].Tokens.Should().BeLessThan(all.Shares["en"].Tokens);
        some.Shares["fr"].Should().Be(all.Shares["fr"], "French has fewer");
    }

    [Test]
    public void The_hash_of_a_language_does_not_depend_on_the_order_of_its_lines()
    {
        string before = Build(null).Shares["en"].Sha256;
        corpus.Write("en/train.txt", "Four.\nThree.\nOne.\nTwo.");
        Build(null).Shares["en"].Sha256.Should().Be(before);
        corpus.Write("en/train.txt", "Four.\nThree.\nOne.");
        Build(null).Shares["en"].Sha256.Should().Be(before, "the test line is not trained on");
        corpus.Write("en/train.txt", "Four.\nThree.\nOnce.");
        Build(null).Shares["en"].Sha256.Should().NotBe(before);
    }

    private string[] Kept(string language, params Corpus[] heldOut) => TrainingText.Lines([Corpus.Open(corpus.Path)], language, heldOut).Kept;

    private TrainingText Build(long? mostTokens) => TrainingText.Build([Corpus.Open(corpus.Path)], Tokenizer, Config, seed: 1, heldOut: null, mostTokens);
}
