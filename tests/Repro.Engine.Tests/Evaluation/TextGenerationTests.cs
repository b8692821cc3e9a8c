using Repro.Engine.Evaluation;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Evaluation;

public sealed class TextGenerationTests
{
    private static readonly int[] Prompt = [1, 7];

    [TestCase(1)]
    [TestCase(2)]
    public void Temperature_0_takes_the_most_likely_token_each_time(int keyValueHeads)
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config(keyValueHeads) with { EosTokenId = -1 });
        ReferenceLlama reference = new(model);
        List<int> expected = [.. Prompt];
        for (int i = 0; i < 10; i++)
        {
            double[] scores = reference.Logits([.. expected])[^1];
            expected.Add(Array.IndexOf(scores, scores.Max()));
        }

        TextGeneration.Generate(model, Prompt, 10, temperature: 0, seed: 1).Should().Equal(expected.Skip(2));
    }

    [Test]
    public void Draws_follow_their_seed()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config() with { EosTokenId = -1 });
        int[] first = Draw(model, 1);
        Draw(model, 1).Should().Equal(first);
        Enumerable.Range(2, 5).Select(seed => string.Join(' ', Draw(model, (ulong)seed))).Should().NotContain(string.Join(' ', first));

        static int[] Draw(LlamaModel model, ulong seed) => [.. TextGeneration.Generate(model, Prompt, 14, temperature: 2, seed)];
    }

    [Test]
    public void A_low_temperature_draws_the_most_likely_token()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config() with { EosTokenId = -1 });
        TextGeneration.Generate(model, Prompt, 10, temperature: 1e-3, seed: 3)
            .Should().Equal(TextGeneration.Generate(model, Prompt, 10, temperature: 0, seed: 3));
    }

    // Odds 1 : 3 : 6, squared 1 : 9 : 36 at temperature one half.
    [TestCase(1, 0.1, 0.3, 0.6)]
    [TestCase(0.5, 1 / 46.0, 9 / 46.0, 36 / 46.0)]
    public void Tokens_are_drawn_as_often_as_the_softmax_says(double temperature, params double[] expected)
    {
        const int Runs = 80;
        const int Each = 15;
        using LlamaModel model = WithOdds([1, 3, 6], eos: -1);
        int[] drawn =
            [.. Enumerable.Range(0, Runs).SelectMany(seed => TextGeneration.Generate(model, [0], Each, temperature, (ulong)seed))];
        drawn.Should().HaveCount(Runs * Each);
        for (int id = 0; id < expected.Length; id++)
        {
            // Four binomial standard deviations.
            double tolerance = 4 * Math.Sqrt(expected[id] * (1 - expected[id]) / drawn.Length);
            (drawn.Count(d => d == id) / (double)drawn.Length).Should().BeApproximately(expected[id], tolerance, $"of token {id}");
        }
    }

    [Test]
    public void The_end_of_the_document_ends_the_text_and_is_not_part_of_it()
    {
        using LlamaModel model = WithOdds([1, 1, 100], eos: 2);
        TextGeneration.Generate(model, [0], 10, temperature: 0, seed: 1).Should().BeEmpty();
        int[][] drawn =
            [.. Enumerable.Range(0, 60).Select(seed => TextGeneration.Generate(model, [0], 15, temperature: 4, (ulong)seed).ToArray())];
        drawn.SelectMany(ids => ids).Should().NotContain(2);
        drawn.Max(ids => ids.Length).Should().BeInRange(1, 14);
    }

    [Test]
    public void Text_ends_at_the_last_position_of_the_model()
    {
        using LlamaModel model = WithOdds([1, 1, 1], eos: -1);
        TextGeneration.Generate(model, [0, 1, 2], 100, temperature: 1, seed: 1).Should().HaveCount(13);
        TextGeneration.Generate(model, [.. Enumerable.Repeat(1, 16)], 100, temperature: 1, seed: 1).Should().BeEmpty();
    }

    [Test]
    public void Prompts_that_are_continued_together_go_on_as_each_would_alone()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config() with { EosTokenId = -1 });
        int[][] prompts = [[1, 7], [1, 3], [1, 9]];
        ulong[] seeds = [1, 2, 3];
        int[][] together = TextGeneration.Continue(model, prompts, 12, temperature: 2, seeds);
        for (int i = 0; i < prompts.Length; i++)
            together[i].Should().Equal(TextGeneration.Generate(model, prompts[i], 12, temperature: 2, seeds[i]));
    }

    [Test]
    public void Continued_prompts_never_end()
    {
        using LlamaModel model = WithOdds([1, 1, 100], eos: 2);
        int[] drawn = TextGeneration.Continue(model, [[0]], 15, temperature: 1, [1])[0];
        drawn.Should().HaveCount(15).And.OnlyContain(id => id == 0 || id == 1);
    }

    [Test]
    public void No_tokens_asked_for_give_none()
    {
        using LlamaModel model = WithOdds([1, 1, 1], eos: -1);
        TextGeneration.Generate(model, [0], 0, temperature: 1, seed: 1).Should().BeEmpty();
    }

    [Test]
    public void A_cancelled_generation_ends_before_its_next_token()
    {
        using LlamaModel model = WithOdds([1, 1, 1], eos: -1);
        using CancellationTokenSource source = new();
        using IEnumerator<int> ids = TextGeneration.Generate(model, [0], 10, temperature: 1, seed: 1, source.Token).GetEnumerator();
        ids.MoveNext().Should().BeTrue();
        source.Cancel();
        FluentActions.Invoking(() => ids.MoveNext()).Should().Throw<OperationCanceledException>();
    }

    /// <summary>
    /// A model that gives its tokens these odds after any text: zero blocks, a stream of ones, and logarithms in the output head.
    /// </summary>
    private static LlamaModel WithOdds(double[] odds, int eos)
    {
        LlamaModel model = new(
            TinyModels.Config() with { VocabularySize = odds.Length, EosTokenId = eos, RmsNormEpsilon = 0 }, ScalarType.Float32, CPU);
        using DisposeScope scope = NewDisposeScope();
        model.Parameters.Set("model.embed_tokens.weight", ones(odds.Length, 8));
        model.Parameters.Set("model.norm.weight", ones(8));
        Tensor head = zeros(odds.Length, 8);
        for (int id = 0; id < odds.Length; id++)
            head[id, 3] = (float)Math.Log(odds[id]);
        model.Parameters.Set("lm_head.weight", head);
        return model;
    }
}
