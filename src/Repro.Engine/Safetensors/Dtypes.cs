using Repro.Engine.Files;
using static TorchSharp.torch;

namespace Repro.Engine.Safetensors;

/// <summary>Translates element types between safetensors, <c>config.json</c> and TorchSharp.</summary>
public static class Dtypes
{
    /// <summary>The TorchSharp type of a safetensors dtype.</summary>
    /// <exception cref="InputException">TorchSharp has no such type.</exception>
    public static ScalarType Parse(string safetensors) => safetensors switch
    {
        "F64" => ScalarType.Float64,
        "F32" => ScalarType.Float32,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        "I64" => ScalarType.Int64,
        "I32" => ScalarType.Int32,
        "I16" => ScalarType.Int16,
        "I8" => ScalarType.Int8,
        "U8" => ScalarType.Byte,
        "BOOL" => ScalarType.Bool,
        _ => throw new InputException($"The dtype '{safetensors}' has no counterpart in torch; convert the tensor to F32, F16 or BF16."),
    };

    /// <summary>The safetensors name of a TorchSharp type.</summary>
    public static string Name(ScalarType type) => type switch
    {
        ScalarType.Float64 => "F64",
        ScalarType.Float32 => "F32",
        ScalarType.Float16 => "F16",
        ScalarType.BFloat16 => "BF16",
        ScalarType.Int64 => "I64",
        ScalarType.Int32 => "I32",
        ScalarType.Int16 => "I16",
        ScalarType.Int8 => "I8",
        ScalarType.Byte => "U8",
        ScalarType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no safetensors dtype"),
    };

    /// <summary>The weight type <c>config.json</c> or an option names: float32, bfloat16 or float16.</summary>
    /// <exception cref="InputException">It is none of the three.</exception>
    public static ScalarType ParseWeights(string name) => name switch
    {
        "float32" => ScalarType.Float32,
        "bfloat16" => ScalarType.BFloat16,
        "float16" => ScalarType.Float16,
        _ => throw new InputException($"The weight type '{name}' is not supported; use float32, bfloat16 or float16."),
    };

    /// <summary>The name <c>config.json</c> uses for a weight type.</summary>
    public static string WeightsName(ScalarType type) => type switch
    {
        ScalarType.Float32 => "float32",
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.Float16 => "float16",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a weight type"),
    };
}
