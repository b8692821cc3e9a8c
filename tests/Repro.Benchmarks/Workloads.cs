using BenchmarkDotNet.Attributes;
using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using Repro.Engine.Seeds;
using Repro.Engine.Training;
using static TorchSharp.torch;

namespace Repro.Benchmarks;

/// <summary>One step of training, one micro-batch of importance and one batch of evaluation, beside the machine's matrix product.</summary>
public class Workloads : IDisposable
{
    /// <summary>Documents per batch.</summary>
    public const int Batch = 16;

    /// <summary>Side of the square matrices whose product is the limit.</summary>
    public const int GemmSide = 2048;

    private const int Context = 128;
    private LlamaModel model = null!;
    private Trainer trainer = null!;
    private int[][] documents = null!;
    private Tensor left = null!;
    private Tensor right = null!;

    /// <summary>Width of the residual stream; 128 is the tiny profile's.</summary>
    [Params(128, 1024)]
    public int Width { get; set; }

    /// <summary>Tokens predicted by one call.</summary>
    public static long Tokens => (long)Batch * Context;

    /// <summary>The shape of a width: 4 layers, vocabulary 4,096, context 128, LLaMA's ratio of 8/3 inside the feed-forward layer.</summary>
    public static LlamaConfig Shape(int width) => new()
    {
        Architecture = new Llama(),
        VocabularySize = 4096,
        HiddenSize = width,
        IntermediateSize = width == 128 ? 352 : width * 43 / 16,
        LayerCount = 4,
        HeadCount = width / 32,
        KeyValueHeadCount = width / 32,
        HeadSize = 32,
        MaxPositions = Context,
        WeightType = ScalarType.Float32,
    };

    /// <summary>Floating-point operations of one forward token: two per weight of every matrix product, and attention's two products over the context.</summary>
    public static double ForwardFlops(int width)
    {
        LlamaConfig shape = Shape(width);
        double block = (4.0 * width * width) + (3.0 * width * shape.IntermediateSize);
        return 2 * ((shape.LayerCount * (block + (2.0 * Context * width))) + ((double)width * shape.VocabularySize));
    }

    /// <summary>Makes the model and the text.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        model = new LlamaModel(Shape(Width), ScalarType.Float32, CPU);
        Initialisation.Randomise(model, 1);
        SplitMix random = new(1);
        documents = [.. Enumerable.Range(0, Batch).Select(_ => Enumerable.Range(0, Context + 1).Select(_ => (int)random.Below(4096)).ToArray())];
        trainer = new Trainer(model, documents, new TrainingSettings { Steps = int.MaxValue, BatchSize = Batch });
        left = randn(GemmSide, GemmSide);
        right = randn(GemmSide, GemmSide);
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        trainer.Dispose();
        model.Dispose();
        left.Dispose();
        right.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The limit: a float32 matrix product.</summary>
    [Benchmark(Baseline = true)]
    public void Gemm() => left.mm(right).Dispose();

    /// <summary>Forward, backward, clipping and AdamW.</summary>
    [Benchmark]
    public void Training()
    {
        using CancellationTokenSource one = new();
        try
        {
            trainer.Run(_ => one.Cancel(), one.Token);
        }
        catch (OperationCanceledException)
        {
            // One step is what was wanted.
        }
    }

    /// <summary>Gradients of a micro-batch, layer by layer, added up.</summary>
    [Benchmark]
    public void Importance() => GradientSums.Over(model, documents, new GradientPass(Batch, ImportanceReading.Signed)).Dispose();

    /// <summary>Perplexity of a batch.</summary>
    [Benchmark]
    public void Evaluation() => Evaluator.Measure(model, documents);
}
