// T positions · S head size
using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Cosines and sines of the rotary angles, each [T, S].</summary>
/// <param name="Cos_TS">Cosines.</param>
/// <param name="Sin_TS">Sines; negative in the first half, where a dimension's partner is subtracted.</param>
public sealed record RotaryAngles(Tensor Cos_TS, Tensor Sin_TS);

/// <summary>
/// Rotary position embedding (Su et al., 2021) with Hugging Face's half-split layout: dimension i turns together with i + S/2.
/// </summary>
public sealed class RotaryEmbedding : IDisposable
{
    // LLaMA-3.1 states 131,072 positions; the table of all of them would take 134 MB.
    private const int FirstRows = 4096;
    private readonly Lock growing = new();
    private readonly LlamaConfig config;
    private readonly Device device;
    private readonly ScalarType type;
    private readonly double[] frequencies;
    private Tensor cos_TS;
    private Tensor sin_TS;

    /// <summary>Computes the angles of the first positions; those of further ones follow when they are asked for.</summary>
    /// <param name="config">Gives the frequencies and the number of positions.</param>
    /// <param name="device">Where the angles are.</param>
    /// <param name="type">Type of the weights; a float64 model gets float64 angles, every other one float32.</param>
    public RotaryEmbedding(LlamaConfig config, Device device, ScalarType type = ScalarType.Float32)
    {
        this.config = config;
        this.device = device;
        this.type = type == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        frequencies = Frequencies(config);
        (cos_TS, sin_TS) = Table(Math.Min(FirstRows, config.MaxPositions));
    }

    /// <summary>Radians per position of each pair of dimensions, [S/2].</summary>
    public static double[] Frequencies(LlamaConfig config)
    {
        double[] plain = [.. Enumerable.Range(0, config.HeadSize / 2).Select(i => Math.Pow(config.RopeTheta, -2.0 * i / config.HeadSize))];
        return config.RopeScaling is { } scaling ? [.. plain.Select(scaling.Apply)] : plain;
    }

    /// <summary>The angles of the first <paramref name="length"/> positions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has fewer positions.</exception>
    public RotaryAngles First(long length) => At(0, length);

    /// <summary>The angles of some positions.</summary>
    /// <param name="from">The first, from 0.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has fewer positions.</exception>
    public RotaryAngles At(long from, long count)
    {
        long length = from + count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, config.MaxPositions);
        lock (growing)
        {
            if (length > cos_TS.shape[0])
                Grow(length);
            return new RotaryAngles(cos_TS.narrow(0, from, count), sin_TS.narrow(0, from, count));
        }
    }

    /// <summary>Turns each head's vectors by the angle of their position.</summary>
    /// <param name="heads_BHTS">Queries or keys.</param>
    /// <param name="angles">Angles of the T positions.</param>
    /// <returns>[B, H, T, S] in the input's type.</returns>
    public static Tensor Rotate(Tensor heads_BHTS, RotaryAngles angles)
    {
        Tensor cos = angles.Cos_TS.to(heads_BHTS.dtype);
        Tensor sin = angles.Sin_TS.to(heads_BHTS.dtype);
        long half = heads_BHTS.shape[^1] / 2;
        return (heads_BHTS * cos).Plus(roll(heads_BHTS, half, -1) * sin);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cos_TS.Dispose();
        sin_TS.Dispose();
    }

    private void Grow(long length)
    {
        long rows = Math.Min(config.MaxPositions, Math.Max(length, 2 * cos_TS.shape[0]));
        Dispose();
        (cos_TS, sin_TS) = Table(rows);
    }

    private (Tensor Cos_TS, Tensor Sin_TS) Table(long rows) => (Table(rows, Math.Cos, 1), Table(rows, Math.Sin, -1));

    // Not by libtorch: on several threads the last bit of MKL's float64 cosines varies from run to run.
    private Tensor Table(long rows, Func<double, double> function, double firstHalf)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        double[] values = new double[rows * frequencies.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = function(i / frequencies.Length * frequencies[i % frequencies.Length]);
        Tensor half = tensor(values, [rows, frequencies.Length]);
        return cat([half.Times(firstHalf), half], dim: -1).to(type).to(device).DetachFromDisposeScope();
    }
}
