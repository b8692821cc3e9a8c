using static TorchSharp.torch;

namespace Repro.Engine.Safetensors;

/// <summary>A tensor that a file holds or will hold.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its sizes.</param>
public sealed record TensorLayout(string Name, ScalarType Type, long[] Shape)
{
    /// <summary>Number of elements.</summary>
    public long Elements => Shape.Aggregate(1L, (a, b) => checked(a * b));

    /// <summary>Number of bytes.</summary>
    public long Length => checked(Elements * SafetensorsHeader.ElementSize(Dtypes.Name(Type))!.Value);
}
