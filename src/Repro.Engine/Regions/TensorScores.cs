using Repro.Engine.Importance;
using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Regions;

/// <summary>The importance scores of one tensor, float32 on the CPU, and what is selected by them.</summary>
public sealed class TensorScores : IDisposable
{
    private readonly Tensor flat;

    private TensorScores(Tensor flat) => this.flat = flat.DetachFromDisposeScope();

    /// <summary>The scores a map has for a tensor.</summary>
    public static TensorScores Of(ImportanceMap map, string name)
    {
        using DisposeScope scope = NewDisposeScope();
        return new TensorScores(map.Read(name).flatten());
    }

    /// <summary>The sum of several, added in the order given.</summary>
    public static TensorScores Sum(IReadOnlyList<TensorScores> parts)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor total = parts[0].flat.clone();
        foreach (TensorScores part in parts.Skip(1))
            total.Add(part.flat);
        return new TensorScores(total);
    }

    /// <summary>The k = int(ratio · numel) largest; of equal scores the lower index first.</summary>
    /// <exception cref="ArgumentException">A score is not finite.</exception>
    public Bitmask Top(double ratio) => Largest(flat, RegionSelection.Size(ratio, flat.numel()));

    /// <summary>The k = int(ratio · numel) smallest; of equal scores the lower index first.</summary>
    /// <exception cref="ArgumentException">A score is not finite.</exception>
    public Bitmask Bottom(double ratio)
    {
        using Tensor negative = -flat;
        return Largest(negative, RegionSelection.Size(ratio, flat.numel()));
    }

    /// <summary>How many weights share the score at Top's threshold, members or not, beyond the first; 0 means no tie.</summary>
    public long TiesAtThreshold(double ratio)
    {
        using DisposeScope scope = NewDisposeScope();
        long k = RegionSelection.Size(ratio, flat.numel());
        return k == 0 ? 0 : (flat == Threshold(flat, k)).sum().ToInt64() - 1;
    }

    /// <inheritdoc/>
    public void Dispose() => flat.Dispose();

    private static Bitmask Largest(Tensor scores, long k)
    {
        using DisposeScope scope = NewDisposeScope();
        if (!scores.isfinite().all().ToBoolean())
            throw new ArgumentException("An importance score is not finite.", nameof(scores));
        Bitmask mask = new(scores.numel());
        if (k == 0)
            return mask;

        Tensor threshold = Threshold(scores, k);
        Tensor chosen = scores >= threshold;
        if (chosen.sum().ToInt64() > k)
        {
            Tensor above = scores > threshold;
            Tensor level = scores == threshold;
            chosen = above | (level & (level.to(ScalarType.Int64).cumsum(0) <= tensor(k - above.sum().ToInt64())));
        }

        foreach (long index in chosen.nonzero().flatten().data<long>())
            mask.Add(index);
        return mask;
    }

    private static Tensor Threshold(Tensor scores, long k) => kthvalue(scores, scores.numel() - k + 1, 0, keepdim: false).Item1;
}
