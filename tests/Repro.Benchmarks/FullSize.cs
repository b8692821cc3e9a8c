using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Repro.Engine.Checkpoints;
using Repro.Engine.Evaluation;
using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Planning;
using Repro.Engine.Seeds;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Benchmarks;

/// <summary>
/// Importance and evaluation at the shape of LLaMA-2-7B, in bfloat16, as shares of the machine's own matrix product: one batch of equally long random
/// documents. <c>full-size [--device cuda:0] [--layers 32] [--documents 16] [--tokens 512] [--repeats 5] [--out FILE]</c>
/// </summary>
internal sealed class FullSize
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Dictionary<string, string> options;
    private readonly Device device;
    private readonly LlamaConfig shape;
    private readonly int documents;
    private readonly int tokens;
    private readonly int repeats;

    private FullSize(string[] arguments)
    {
        options = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length == 2 ? pair[1] : throw new InputException($"{pair[0]} needs a value."));
        string? unknown = options.Keys.FirstOrDefault(o => o is not ("--device" or "--layers" or "--documents" or "--tokens" or "--repeats" or "--out"));
        if (unknown is not null)
            throw new InputException($"There is no option '{unknown}'.");
        device = Devices.Parse(options.GetValueOrDefault("--device", "cuda:0"))[0];
        shape = KnownShapes.Llama2Of7B with { LayerCount = Number("--layers", 32) };
        documents = Number("--documents", 16);
        tokens = Number("--tokens", 512);
        repeats = Number("--repeats", 5);
    }

    private bool OnGpu => device.type == DeviceType.CUDA;

    public static int Run(string[] arguments)
    {
        try
        {
            new FullSize(arguments).Measure();
            return 0;
        }
        catch (Exception e) when (e is InputException or NativeLoadException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private void Measure()
    {
        using LlamaModel model = new(shape, ScalarType.BFloat16, device);
        Initialisation.Randomise(model, 1234);
        SplitMix random = new(1234);
        int[][] texts = [.. Enumerable.Range(0, documents).Select(_ => Enumerable.Range(0, tokens).Select(_ => 3 + (int)random.Below(shape.VocabularySize - 3)).ToArray())];
        double predicted = documents * (tokens - 1.0);
        double forward = new ModelSize(shape, ScalarType.BFloat16).ForwardOperations(tokens / 2.0) * predicted;
        double limit = Gemm();
        GradientPass pass = new(documents, ImportanceReading.Signed);
        double evaluation = Seconds(() => Evaluator.Measure(model, texts));
        double importance = Seconds(() => GradientSums.Over(model, texts, pass).Dispose());
        object Report(double seconds, double operations) => new { tokensPerSecond = predicted / seconds, shareOfGemm = operations / seconds / limit };
        string json = JsonSerializer.Serialize(
            new
            {
                program = $"TorchSharp {LibTorch.BindingVersion}",
                libtorch = LibTorch.Folder,
                device = device.ToString(),
                deviceBytes = DeviceMemory.Total(device),
                layers = shape.LayerCount,
                documents,
                tokens,
                gemmFlops = limit,
                evaluation = Report(evaluation, forward),
                importance = Report(importance, 3 * forward),
                peakDeviceBytes = DeviceMemory.Total(device) - DeviceMemory.Free(device),
                peakHostBytes = HostMemory.Peak(),
            },
            Indented);
        Console.WriteLine(json);
        if (options.TryGetValue("--out", out string? path))
            AtomicFile.WriteText(path, json + "\n");
    }

    private double Gemm()
    {
        long side = OnGpu ? 8192 : 2048;
        using Tensor left = randn([side, side], device: device).to(ScalarType.BFloat16);
        using Tensor right = randn([side, side], device: device).to(ScalarType.BFloat16);
        return 2 * Math.Pow(side, 3) / Seconds(() => left.mm(right).Dispose());
    }

    private double Seconds(Action work)
    {
        work();
        Wait();
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < repeats; i++)
            work();
        Wait();
        return watch.Elapsed.TotalSeconds / repeats;
    }

    private void Wait()
    {
        if (OnGpu)
            cuda.synchronize(device);
    }

    private int Number(string option, int fallback) => !options.TryGetValue(option, out string? text) ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new InputException($"{option} must be a whole number above 0, not '{text}'.");
}
