// T positions · S head size
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Cosines and sines of the rotary angles, each [T, S].</summary>
/// <param name="Cos_TS">Cosines.</param>
/// <param name="Sin_TS">Sines.</param>
public sealed record RotaryAngles(Tensor Cos_TS, Tensor Sin_TS);

/// <summary>
/// Rotary position embedding (Su et al., 2021) with Hugging Face's half-split layout: dimension i turns together with i + S/2.
/// </summary>
public sealed class RotaryEmbedding : IDisposable
{
    private readonly Tensor cos_TS;
    private readonly Tensor sin_TS;

    /// <summary>Computes the angles of all positions once, in float32.</summary>
    public RotaryEmbedding(LlamaConfig config, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor exponent = arange(0, config.HeadSize, 2, ScalarType.Float64) / config.HeadSize;
        Tensor frequency = pow(tensor(config.RopeTheta, ScalarType.Float64), -exponent);
        Tensor angle = outer(arange(config.MaxPositions, ScalarType.Float64), frequency);
        Tensor both = cat([angle, angle], dim: -1);
        cos_TS = both.cos().to(ScalarType.Float32).to(device).DetachFromDisposeScope();
        sin_TS = both.sin().to(ScalarType.Float32).to(device).DetachFromDisposeScope();
    }

    /// <summary>The angles of the first <paramref name="length"/> positions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has fewer positions.</exception>
    public RotaryAngles First(long length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, cos_TS.shape[0]);
        return new RotaryAngles(cos_TS.narrow(0, 0, length), sin_TS.narrow(0, 0, length));
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
        Tensor swapped = cat([-heads_BHTS.narrow(-1, half, half), heads_BHTS.narrow(-1, 0, half)], dim: -1);
        return (heads_BHTS * cos) + (swapped * sin);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cos_TS.Dispose();
        sin_TS.Dispose();
    }
}
