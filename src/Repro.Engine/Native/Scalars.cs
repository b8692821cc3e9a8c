using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Native;

/// <summary>
/// Numbers in libtorch's operations. TorchSharp hands a number's address to libtorch and does not keep the number alive; a garbage collection during the
/// call frees it, and libtorch reads what is there by then. Each thread keeps its latest numbers here instead. Adding two tensors takes a number too, and so
/// does a square. To be removed when TorchSharp disposes its own (https://github.com/dotnet/TorchSharp/pull/1434).
/// </summary>
public static class Scalars
{
    // One call takes no more than two, and a thread makes one call at a time.
    private const int Kept = 8;
    private static readonly Scalar One = 1L.ToScalar();

    [ThreadStatic]
    private static Scalar[]? latest;

    [ThreadStatic]
    private static int next;

    /// <summary>A number that outlives the next call.</summary>
    public static Scalar Of(double value) => Keep(value.ToScalar());

    /// <summary>A whole number that outlives the next call.</summary>
    public static Scalar Of(long value) => Keep(value.ToScalar());

    /// <summary>The sum of two tensors.</summary>
    public static Tensor Plus(this Tensor first, Tensor second) => first.add(second, One);

    /// <summary>A tensor with a number added to each element.</summary>
    public static Tensor Plus(this Tensor tensor, double number) => tensor.add(Of(number), One);

    /// <summary>Adds a tensor in place.</summary>
    public static Tensor Add(this Tensor sum, Tensor further) => sum.add_(further, One);

    /// <summary>A tensor with each element multiplied by a number.</summary>
    public static Tensor Times(this Tensor tensor, double number) => tensor.mul(Of(number));

    /// <summary>A tensor with each element divided by a number.</summary>
    public static Tensor Over(this Tensor tensor, double number) => tensor.div(Of(number));

    /// <summary>A tensor with each element squared.</summary>
    public static Tensor Squared(this Tensor tensor) => tensor * tensor;

    private static Scalar Keep(Scalar scalar) => (latest ??= new Scalar[Kept])[next++ % Kept] = scalar;
}
