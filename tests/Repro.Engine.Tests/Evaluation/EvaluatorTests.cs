using Repro.Engine.Evaluation;
using Repro.Engine.Models;
using Repro.Engine.Seeds;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Evaluation;

public sealed class EvaluatorTests
{
    // float32 sums of up to 15 losses of order 3, in another blocking.
    private const double Tolerance = 1e-4;
    private LlamaModel model = null!;

    [OneTimeSetUp]
    public void Create() => model = TinyModels.Random(TinyModels.Config());

    [OneTimeTearDown]
    public void Remove() => model.Dispose();

    [Test]
    public void Each_document_has_its_own_sum_without_bos_and_with_eos()
    {
        Measurement measured = Evaluator.Measure(model, TinyModels.Documents);
        ReferenceLlama reference = new(model);
        measured.Documents.Select(d => d.Tokens).Should().Equal(4, 6, 2);
        for (int i = 0; i < TinyModels.Documents.Length; i++)
        {
            double expected = reference.Loss([TinyModels.Documents[i]]) * (TinyModels.Documents[i].Length - 1);
            measured.Documents[i].Nll.Should().BeApproximately(expected, Tolerance);
        }
    }

    [Test]
    public void Nats_per_token_weigh_tokens_and_not_documents()
    {
        Measurement measured = Evaluator.Measure(model, TinyModels.Documents);
        measured.Tokens.Should().Be(12);
        measured.NatsPerToken.Should().BeApproximately(new ReferenceLlama(model).Loss(TinyModels.Documents), Tolerance);
    }

    [Test]
    public void A_model_of_zeros_is_as_good_as_chance()
    {
        using LlamaModel zeros = new(TinyModels.Config(), ScalarType.Float32, CPU);
        Evaluator.Measure(zeros, TinyModels.Documents).Perplexity.Should().BeApproximately(11, Tolerance);
    }

    [Test]
    public void Scores_of_many_batches_are_those_of_each_document_alone_and_in_the_order_of_the_documents()
    {
        // 300 documents of up to 16 ids are several batches.
        int[][] documents = Documents(300);
        Measurement together = Evaluator.Measure(model, documents);
        together.Documents.Select(d => d.Tokens).Should().Equal(documents.Select(d => d.Length - 1));
        foreach (int i in Enumerable.Range(0, 30).Select(k => k * 10))
            together.Documents[i].Nll.Should().BeApproximately(Evaluator.Measure(model, [documents[i]]).Documents[0].Nll, Tolerance, $"of document {i}");
    }

    [Test]
    public void The_order_of_documents_does_not_matter()
    {
        int[][] documents = Documents(300);
        Measurement forward = Evaluator.Measure(model, documents);
        Measurement backward = Evaluator.Measure(model, [.. documents.Reverse()]);
        forward.Documents.Zip(backward.Documents.Reverse(), (a, b) => Math.Abs(a.Nll - b.Nll)).Max().Should().BeLessThan(Tolerance);
    }

    [Test]
    public void A_second_pass_gives_the_same_bits()
    {
        int[][] documents = Documents(50);
        Evaluator.Measure(model, documents).Documents.Should().Equal(Evaluator.Measure(model, documents).Documents);
    }

    [Test]
    public void Texts_measured_together_have_the_bits_of_each_alone_in_their_order()
    {
        int[][][] texts = [Documents(200), TinyModels.Documents, Documents(70)];
        IReadOnlyList<Measurement> together = Evaluator.MeasureAll(model, texts);
        together.Should().HaveCount(3);
        for (int i = 0; i < texts.Length; i++)
            together[i].Documents.Should().Equal(Evaluator.Measure(model, texts[i]).Documents, $"of text {i}");
    }

    [Test]
    public void One_thread_and_two_give_the_same_bits()
    {
        int[][] documents = Documents(300);
        int before = get_num_threads();
        try
        {
            set_num_threads(1);
            Measurement one = Evaluator.Measure(model, documents);
            set_num_threads(2);
            Evaluator.Measure(model, documents).Documents.Should().Equal(one.Documents);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Test]
    public void A_text_without_documents_is_refused_among_others() =>
        FluentActions.Invoking(() => Evaluator.MeasureAll(model, [TinyModels.Documents, []])).Should().Throw<ArgumentException>();

    [Test]
    public void A_document_larger_than_a_batch_is_scored()
    {
        using LlamaModel narrow = TinyModels.Random(TinyModels.Config() with { MaxPositions = 2100, LayerCount = 1 });
        int[] document = [1, .. Enumerable.Repeat(5, 2098), 2];
        Evaluator.Measure(narrow, [document, [1, 5, 2]]).Documents.Select(d => d.Tokens).Should().Equal(2099, 2);
    }

    // 384 tokens a batch, unless the documents are fewer or one of them is longer.
    [TestCase(10, 3, 30)]
    [TestCase(10, 300, 384)]
    [TestCase(3000, 1, 3000)]
    [TestCase(3000, 2, 3000)]
    [TestCase(384, 2, 384)]
    public void The_largest_batch_is_known_before_it_is_made(int longest, int documents, long tokens) =>
        Evaluator.BatchTokens([.. Enumerable.Range(0, documents).Select(i => new int[i == 0 ? longest : longest - 1])], CPU).Should().Be(tokens);

    [Test]
    public void No_documents_are_refused() =>
        FluentActions.Invoking(() => Evaluator.Measure(model, [])).Should().Throw<ArgumentException>();

    [Test]
    public void A_cancelled_pass_ends()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        FluentActions.Invoking(() => Evaluator.Measure(model, TinyModels.Documents, cancellation: source.Token)).Should().Throw<OperationCanceledException>();
    }

    [Test]
    public void Progress_rises_to_the_whole()
    {
        List<double> shares = [];
        Evaluator.Measure(model, TinyModels.Documents, shares.Add);
        shares.Should().BeInAscendingOrder().And.HaveCountGreaterThanOrEqualTo(model.Config.LayerCount);
        shares[^1].Should().BeApproximately(1, 1e-12);
    }

    [Test]
    public void Measuring_leaves_no_gradient_and_no_tensor_behind()
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Evaluator.Measure(model, TinyModels.Documents);
        scope.DisposablesCount.Should().Be(0);
        model.Parameters.Values.Should().AllSatisfy(p => p.grad.Should().BeNull());
    }

    private static int[][] Documents(int count)
    {
        SplitMix random = new(21);
        return [.. Enumerable.Range(0, count).Select(_ => (int[])[1, .. Enumerable.Range(0, (int)random.Below(15)).Select(_ => 3 + (int)random.Below(8)), 2])];
    }
}
