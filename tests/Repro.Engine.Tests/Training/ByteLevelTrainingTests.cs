using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using Repro.Engine.Training;

namespace Repro.Engine.Tests.Training;

/// <summary>A model in the shape of Qwen2, trained for a few steps with a <c>tokenizer.json</c>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ByteLevelTrainingTests : IDisposable
{
    private static readonly ReferenceBytePairs Pairs = new(["The biases of a small model begin at nothing and move."], 20, new ReferenceSplitter(1), 1);
    private readonly TextFolder corpus = new();
    private readonly TestFolder folder = new();

    // As Qwen2: more rows than tokens, and the end of text also begins one.
    private readonly LlamaConfig shape = TinyModels.Config(tied: true) with
    {
        Architecture = Architecture.Qwen2,
        AttentionBias = AttentionBias.QueryKeyValue,
        VocabularySize = Pairs.Count + 10,
        BosTokenId = Pairs.Count,
        EosTokenId = Pairs.Count,
        MaxPositions = 64,
    };

    public ByteLevelTrainingTests()
    {
        corpus.Write("en/train.txt", string.Join('\n', Enumerable.Range(0, 12).Select(i => $"The bias of line {i} begins at nothing.")));
        File.WriteAllText(folder["tokenizer.json"], TokenizerJson.Qwen2(Pairs).ToJsonString());
    }

    public void Dispose()
    {
        corpus.Dispose();
        folder.Dispose();
    }

    [Test]
    public void The_checkpoint_has_the_shape_the_tokenizer_and_biases_that_moved()
    {
        Execute(shape);
        using LlamaModel model = Checkpoint.Load(folder["out"]);
        model.Config.Should().Be(shape);
        File.ReadAllText(Path.Combine(folder["out"], "tokenizer.json")).Should().Be(File.ReadAllText(folder["tokenizer.json"]));
        Tokenizer.OpenFor(model.Config, folder["out"]).Encode("The bias").Should().Equal(Pairs.Encode("The bias"));
        model.Values().Where(w => w.Key.EndsWith(".bias", StringComparison.Ordinal)).Should().HaveCount(6).And.OnlyContain(w => w.Value.Any(v => v != 0));
    }

    [Test]
    public void A_shape_with_fewer_rows_than_tokens_is_refused() =>
        FluentActions.Invoking(() => Execute(shape with { VocabularySize = Pairs.Count - 1 })).Should().Throw<InputException>().WithMessage("*tokenizer.json*vocab_size*");

    private void Execute(LlamaConfig model) => TrainingRun.Execute(
        new TrainingRequest
        {
            CorpusFolders = [corpus.Root],
            OutputFolder = folder["out"],
            Shape = model,
            TokenizerPath = folder["tokenizer.json"],
            Settings = new TrainingSettings { Steps = 4, BatchSize = 2, LearningRate = 0.01, WarmUpSteps = 1 },
        },
        null,
        null,
        default);
}
