using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Planning;

/// <summary>How fast a device multiplies matrices, and how long operations take on it.</summary>
/// <param name="OperationsPerSecond">Floating-point operations per second that a model reaches.</param>
public readonly record struct ComputeRate(double OperationsPerSecond)
{
    // What importance and evaluation of wide models were seen to reach of the product's own rate is half to nine tenths.
    private const double ShareOfProduct = 0.5;
    private const int Repeats = 3;

    /// <summary>Half of the rate of a large matrix product, measured in about a second.</summary>
    /// <param name="device">The device.</param>
    /// <param name="type">Type of the matrices.</param>
    public static ComputeRate Measure(Device device, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        bool onGpu = device.type == DeviceType.CUDA;
        long side = onGpu ? 8192 : 2048;
        Tensor left = randn([side, side], device: device).to(type);
        Tensor right = randn([side, side], device: device).to(type);
        left.mm(right).Dispose();
        Wait();
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < Repeats; i++)
            left.mm(right).Dispose();
        Wait();
        return new ComputeRate(ShareOfProduct * Repeats * 2 * Math.Pow(side, 3) / watch.Elapsed.TotalSeconds);

        void Wait()
        {
            if (onGpu)
                cuda.synchronize(device);
        }
    }

    /// <summary>How long operations take, in words.</summary>
    public string TimeFor(double operations)
    {
        double seconds = operations / OperationsPerSecond;
        return seconds switch
        {
            < 90 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
            < 5400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
            < 200_000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:F1} days"),
        };
    }
}
