using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>
/// The fields of a <c>config.json</c> that say what a checkpoint is: its class and the type of its weights. Where one is missing, <c>model_type</c> or the
/// stored weights say it, and a sentence for the user says so.
/// </summary>
internal static class IdentityFields
{
    private const string Classes = "architectures";
    private const string Kind = "model_type";
    private const string Dtype = "torch_dtype";
    private const string NewerDtype = "dtype";

    // Mixtral's and Phi-3.5's name, the Qwens' and OLMoE's, DeepSeek's.
    private static readonly string[] ExpertCounts = ["num_local_experts", "num_experts", "n_routed_experts"];

    /// <summary>The architecture.</summary>
    /// <param name="fields">The file.</param>
    /// <param name="assumptions">Gets a sentence where the file does not name its class.</param>
    /// <exception cref="InputException">It is not supported; a mixture of experts is called that.</exception>
    public static Architecture Architecture(ConfigFields fields, List<string> assumptions)
    {
        string? stated = fields.List(Classes) is { Length: > 0 } list ? list[0].ToString() : null;
        string? kind = stated is null ? fields.Text(Kind) : null;
        string found = stated ?? (kind is null ? throw fields.Missing(Classes) : $"model of type '{kind}'");
        if (HasExperts(fields, found))
            throw new InputException($"{fields.Path} describes a {found}, a mixture of experts, which is not supported; use a checkpoint whose blocks have one feed-forward layer each, of {Supported()}.");
        Architecture architecture = SupportedArchitectures.All.FirstOrDefault(a => stated is null ? a.ModelType == kind : a.HuggingFaceClass == stated || a.OldClass == stated)
            ?? throw new InputException($"{fields.Path} describes a {found}, which is not supported; use a checkpoint of {Supported()}.");
        if (stated is null)
            assumptions.Add($"The checkpoint's config.json names no class (architectures); it is read as a {architecture.HuggingFaceClass}, from its model_type '{kind}'.");
        return architecture;
    }

    /// <summary>The type of the stored weights.</summary>
    /// <param name="fields">The file.</param>
    /// <param name="assumptions">Gets a sentence where the file does not say it.</param>
    /// <exception cref="InputException">It is not supported, or neither the file nor weights beside it say it.</exception>
    public static ScalarType WeightType(ConfigFields fields, List<string> assumptions)
    {
        string field = fields.Optional(Dtype) is null ? NewerDtype : Dtype;
        if (fields.Optional(field) is not { } stated)
            return StoredType(fields, assumptions);
        if (stated.ValueKind != JsonValueKind.String)
            throw fields.Missing(Dtype);
        try
        {
            return Dtypes.ParseWeights(stated.GetString()!);
        }
        catch (InputException e)
        {
            throw new InputException($"{fields.Path}: {field}: {e.Message}", e);
        }
    }

    private static ScalarType StoredType(ConfigFields fields, List<string> assumptions)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(fields.Path))!;
        if (!WeightFiles.AreIn(folder))
            throw fields.Missing(Dtype);
        using WeightFiles weights = WeightFiles.Open(folder);
        if (weights.MainDtype is not ("F32" or "BF16" or "F16"))
            throw fields.Missing(Dtype);
        ScalarType type = Dtypes.Parse(weights.MainDtype);
        assumptions.Add($"The checkpoint's config.json names no type of weights (torch_dtype); {Dtypes.WeightsName(type)} is taken, in which most of them are stored.");
        return type;
    }

    private static bool HasExperts(ConfigFields fields, string found) =>
        found.Contains("moe", StringComparison.OrdinalIgnoreCase)
        || found.Contains("mixtral", StringComparison.OrdinalIgnoreCase)
        || ExpertCounts.Any(name => fields.Optional(name) is { ValueKind: JsonValueKind.Number } count && count.GetDouble() > 0);

    private static string Supported()
    {
        string[] names = [.. SupportedArchitectures.All.Select(a => a.HuggingFaceClass)];
        return $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }
}
