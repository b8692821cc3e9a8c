using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Planning;

/// <summary>The rate of a large matrix product, to which a run's own rate is compared.</summary>
/// <param name="OperationsPerSecond">Floating-point operations per second, on all threads the caller may use.</param>
public readonly record struct GemmRate(double OperationsPerSecond)
{
    private const long Side = 1024;
    private const double SecondsAtLeast = 0.2;
    private const int ProductsAtLeast = 3;

    /// <summary>Measures the rate in less than half a second: the best of several products of 1,024 by 1,024 (8,192 on a GPU), so that other work on the machine counts little.</summary>
    /// <param name="device">The device.</param>
    /// <param name="type">Type of the matrices.</param>
    public static GemmRate Measure(Device device, ScalarType type = ScalarType.Float32)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        bool onGpu = device.type == DeviceType.CUDA;
        long side = onGpu ? 8 * Side : Side;
        Tensor left = randn([side, side], device: device).to(type);
        Tensor right = randn([side, side], device: device).to(type);
        Multiply();
        double best = double.PositiveInfinity;
        Stopwatch all = Stopwatch.StartNew();
        for (int i = 0; i < ProductsAtLeast || all.Elapsed.TotalSeconds < SecondsAtLeast; i++)
        {
            Stopwatch one = Stopwatch.StartNew();
            Multiply();
            best = Math.Min(best, one.Elapsed.TotalSeconds);
        }

        return new GemmRate(2 * Math.Pow(side, 3) / best);

        void Multiply()
        {
            left.mm(right).Dispose();
            if (onGpu)
                cuda.synchronize(device);
        }
    }

    /// <summary>What share of the rate some work had.</summary>
    /// <param name="operations">Its floating-point operations; see <see cref="ModelSize.ForwardOperations"/> and <see cref="ModelSize.TrainingOperations"/>.</param>
    /// <param name="seconds">Its wall time.</param>
    /// <returns>1 is the product's own rate; work in bfloat16 may be above.</returns>
    public double ShareOf(double operations, double seconds) => operations / seconds / OperationsPerSecond;
}
