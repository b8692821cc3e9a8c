using System.Globalization;
using static TorchSharp.torch;

namespace Repro.Engine.Planning;

/// <summary>How fast a device multiplies matrices, and how long operations take on it.</summary>
/// <param name="OperationsPerSecond">Floating-point operations per second that a model reaches.</param>
public readonly record struct ComputeRate(double OperationsPerSecond)
{
    // What importance and evaluation of wide models were seen to reach of the product's own rate is half to nine tenths.
    private const double ShareOfProduct = 0.5;

    /// <summary>Half of the rate of a large matrix product.</summary>
    /// <param name="device">The device.</param>
    /// <param name="type">Type of the matrices.</param>
    public static ComputeRate Measure(Device device, ScalarType type) => new(ShareOfProduct * GemmRate.Measure(device, type).OperationsPerSecond);

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
