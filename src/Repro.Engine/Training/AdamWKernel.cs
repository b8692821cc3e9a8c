using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>The numbers of one optimizer step that are the same for all weights.</summary>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Rest1">1 − <paramref name="Beta1"/>.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Rest2">1 − <paramref name="Beta2"/>.</param>
/// <param name="SecondRoot">Square root of the second moment's bias correction.</param>
/// <param name="Epsilon">Added to the denominator.</param>
/// <param name="Decay">What weight decay leaves of a weight.</param>
/// <param name="Rate">Learning rate over the first moment's bias correction.</param>
/// <param name="Clip">What clipping leaves of a gradient.</param>
internal readonly record struct AdamWStep(float Beta1, float Rest1, float Beta2, float Rest2, float SecondRoot, float Epsilon, float Decay, float Rate, float Clip);

/// <summary>
/// AdamW's update of one tensor on the CPU in one pass over the memory, where libtorch's operations take ten. Multiplications and additions are rounded one
/// by one, in eight lanes whatever the processor has, so every machine gives the same bits.
/// </summary>
internal static unsafe class AdamWKernel
{
    // What is in work of weights, moments and gradient stays in the first-level cache.
    private const int Block = 1024;

    // One thread's share; sums are made share by share, so that the number of threads changes no bit.
    private const int Share = 1 << 16;
    private const uint QuietNaN = 0x7FC0;

    /// <summary>Whether a weight can be updated here.</summary>
    public static bool Takes(Tensor weight) =>
        weight.device.type == TorchSharp.DeviceType.CPU && weight.dtype is ScalarType.Float32 or ScalarType.BFloat16 && weight.numel() <= int.MaxValue / sizeof(float);

    /// <summary>Whether weights can be rounded to a type here.</summary>
    public static bool RoundsTo(ScalarType precision) => precision is ScalarType.Float32 or ScalarType.BFloat16;

    /// <summary>The sum of a gradient's squares.</summary>
    /// <param name="gradient">float32 or bfloat16, contiguous.</param>
    public static double SquareSum(Tensor gradient)
    {
        Values values = new(gradient);
        double[] sums = new double[Shares(gradient.numel())];
        ForEachShare(gradient.numel(), (share, start, end) =>
        {
            float* wide = stackalloc float[Block];
            for (long at = start; at < end; at += Block)
            {
                int count = (int)Math.Min(Block, end - at);
                sums[share] += SquareSum(values.Read(at, count, wide), count);
            }
        });
        return sums.Sum();
    }

    /// <summary>Moves a weight one step.</summary>
    /// <param name="target">The weight, or its master; float32.</param>
    /// <param name="first">First moment, float32.</param>
    /// <param name="second">Second moment, float32.</param>
    /// <param name="gradient">float32 or bfloat16, contiguous.</param>
    /// <param name="narrow">The weight, bfloat16 or float32, that becomes the master's value rounded to bfloat16, or null.</param>
    /// <param name="step">The step.</param>
    public static void Update(Tensor target, Tensor first, Tensor second, Tensor gradient, Tensor? narrow, AdamWStep step)
    {
        Values values = new(gradient);
        float* weights = Start<float>(target);
        float* firsts = Start<float>(first);
        float* seconds = Start<float>(second);
        ushort* rounded = narrow?.dtype == ScalarType.BFloat16 ? Start<ushort>(narrow) : null;
        float* held = narrow?.dtype == ScalarType.Float32 ? Start<float>(narrow) : null;
        ForEachShare(target.numel(), (_, start, end) =>
        {
            float* wide = stackalloc float[Block];
            for (long at = start; at < end; at += Block)
            {
                int count = (int)Math.Min(Block, end - at);
                Update(weights + at, firsts + at, seconds + at, values.Read(at, count, wide), count, step);
                if (rounded is not null)
                    Narrow(weights + at, rounded + at, count);
                if (held is not null)
                    Round(weights + at, held + at, count);
            }
        });
    }

    private static void ForEachShare(long count, Action<int, long, long> work)
    {
        int shares = Shares(count);
        void Run(int share) => work(share, (long)share * Share, Math.Min(count, (share + 1L) * Share));
        int threads = get_num_threads();
        if (threads > 1 && shares > 1)
        {
            Parallel.For(0, shares, new ParallelOptions { MaxDegreeOfParallelism = threads }, Run);
            return;
        }

        for (int share = 0; share < shares; share++)
            Run(share);
    }

    private static int Shares(long count) => (int)((count + Share - 1) / Share);

    private static T* Start<T>(Tensor tensor)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    private static double SquareSum(float* values, int count)
    {
        Vector256<float> sums = Vector256<float>.Zero;
        int i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.Load(values + i);
            sums += value * value;
        }

        double sum = 0;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
            sum += sums[lane];
        for (; i < count; i++)
            sum += values[i] * values[i];
        return sum;
    }

    private static void Update(float* weights, float* firsts, float* seconds, float* gradients, int count, AdamWStep step)
    {
        int i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> gradient = Vector256.Load(gradients + i) * step.Clip;
            Vector256<float> first = (Vector256.Load(firsts + i) * step.Beta1) + (gradient * step.Rest1);
            Vector256<float> second = (Vector256.Load(seconds + i) * step.Beta2) + (gradient * gradient * step.Rest2);
            Vector256<float> denominator = (Vector256.Sqrt(second) / step.SecondRoot) + Vector256.Create(step.Epsilon);
            first.Store(firsts + i);
            second.Store(seconds + i);
            ((Vector256.Load(weights + i) * step.Decay) - (first / denominator * step.Rate)).Store(weights + i);
        }

        for (; i < count; i++)
        {
            float gradient = gradients[i] * step.Clip;
            firsts[i] = (firsts[i] * step.Beta1) + (gradient * step.Rest1);
            seconds[i] = (seconds[i] * step.Beta2) + (gradient * gradient * step.Rest2);
            float denominator = (MathF.Sqrt(seconds[i]) / step.SecondRoot) + step.Epsilon;
            weights[i] = (weights[i] * step.Decay) - (firsts[i] / denominator * step.Rate);
        }
    }

    // To the nearest, ties to even, as libtorch rounds.
    private static void Narrow(float* values, ushort* rounded, int count)
    {
        int i = 0;
        for (; i <= count - (2 * Vector256<float>.Count); i += 2 * Vector256<float>.Count)
            Vector256.Narrow(Rounded(Vector256.Load(values + i)), Rounded(Vector256.Load(values + i + Vector256<float>.Count))).Store(rounded + i);
        for (; i < count; i++)
            rounded[i] = (ushort)Rounded(values[i]);
    }

    // As Narrow, held as float32.
    private static void Round(float* values, float* rounded, int count)
    {
        int i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
            (Rounded(Vector256.Load(values + i)) << 16).AsSingle().Store(rounded + i);
        for (; i < count; i++)
            rounded[i] = BitConverter.UInt32BitsToSingle(Rounded(values[i]) << 16);
    }

    // To the upper 16 bits.
    private static uint Rounded(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? QuietNaN : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    }

    private static Vector256<uint> Rounded(Vector256<float> values)
    {
        Vector256<uint> bits = values.AsUInt32();
        Vector256<uint> rounded = (bits + Vector256.Create(0x7FFFu) + ((bits >>> 16) & Vector256<uint>.One)) >>> 16;
        return Vector256.ConditionalSelect(Vector256.Equals(values, values).AsUInt32(), rounded, Vector256.Create(QuietNaN));
    }

    /// <summary>A gradient's values as float32.</summary>
    private readonly struct Values(Tensor tensor)
    {
        private readonly bool isNarrow = tensor.dtype == ScalarType.BFloat16;
        private readonly byte* start = Start<byte>(tensor);

        /// <summary>Some values, where they are or widened into given memory.</summary>
        public float* Read(long at, int count, float* wide)
        {
            if (!isNarrow)
                return (float*)start + at;
            ushort* narrow = (ushort*)start + at;
            int i = 0;
            for (; i <= count - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            {
                (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(Vector256.Load(narrow + i));
                (lower << 16).AsSingle().Store(wide + i);
                (upper << 16).AsSingle().Store(wide + i + Vector256<float>.Count);
            }

            for (; i < count; i++)
                wide[i] = BitConverter.UInt32BitsToSingle((uint)narrow[i] << 16);
            return wide;
        }
    }
}
