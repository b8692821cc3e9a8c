using System.Globalization;

namespace Repro.Engine.Models.Architectures;

/// <summary>The architectures there are, and what a weight's name says where no configuration is at hand.</summary>
public static class SupportedArchitectures
{
    /// <summary>All of them; a new one is a file in this folder and a place in this list.</summary>
    public static IReadOnlyList<Architecture> All { get; } = [new Llama(), new Mistral(), new Qwen2(), new Qwen3(), new SmolLM3(), new Olmo2(), new Phi3(), new Gemma2()];

    /// <summary>
    /// What the weight of a name does in the first architecture that has one, or null where none has. In another it may be another norm as wide as the residual
    /// stream; what is a norm, a bias, a matrix or in a block is so in all of them.
    /// </summary>
    public static WeightRole? RoleOf(string name) => Find(name)?.Spec.Role;

    /// <summary>A weight's name for people: <c>layer 0</c> and what follows in the name; a name that no architecture has is left as it is.</summary>
    public static string TitleOf(string name) => Find(name) is ({ } spec, { } layer)
        ? string.Create(CultureInfo.InvariantCulture, $"layer {layer}{spec.Behind.Replace(".weight", "", StringComparison.Ordinal)}")
        : name;

    private static (WeightSpec Spec, int? Layer)? Find(string name)
    {
        foreach (WeightSpec spec in All.SelectMany(a => a.Weights))
        {
            if (spec.Matches(name, out int? layer))
                return (spec, layer);
        }

        return null;
    }
}
