using Repro.Engine.Files;

namespace Repro.Engine.Models;

/// <summary>One weight of a model.</summary>
/// <param name="Name">Its name in the checkpoint.</param>
/// <param name="Role">What it does.</param>
/// <param name="Layer">Its block from 0, or null outside the blocks.</param>
/// <param name="Shape">Its sizes.</param>
public sealed record LayoutWeight(string Name, WeightRole Role, int? Layer, long[] Shape);

/// <summary>Which weights a model has, and what its checkpoint calls them.</summary>
public sealed class ModelLayout
{
    private readonly LlamaConfig config;
    private readonly (WeightSpec Spec, long[] Shape)[] specs;

    private ModelLayout(LlamaConfig config)
    {
        this.config = config;
        specs = [.. config.Architecture.Weights.Select(spec => (spec, Shape: spec.Shape(config))).Where(s => s.Shape is not null).Select(s => (s.spec, s.Shape!))];
    }

    /// <summary>The layout of a model of a shape.</summary>
    public static ModelLayout Of(LlamaConfig config) => new(config);

    /// <summary>All weights, in the order of the network.</summary>
    public IEnumerable<LayoutWeight> Weights =>
    [
        .. Outside(specs.TakeWhile(s => !s.Spec.Role.IsInBlock())),
        .. from layer in Enumerable.Range(0, config.LayerCount)
           from s in specs
           where s.Spec.Role.IsInBlock()
           select new LayoutWeight(s.Spec.Name(layer), s.Spec.Role, layer, s.Shape),
        .. Outside(specs.SkipWhile(s => !s.Spec.Role.IsInBlock()).Where(s => !s.Spec.Role.IsInBlock())),
    ];

    /// <summary>Whether the model has a weight of a role.</summary>
    public bool Has(WeightRole role) => specs.Any(s => s.Spec.Role == role);

    /// <summary>The name of the weight outside the blocks that does what a role says; the head's is the embedding's where the two are tied.</summary>
    /// <exception cref="ArgumentException">The role is a block's.</exception>
    public string Name(WeightRole role) => role.IsInBlock()
        ? throw new ArgumentException($"Each block has a {role}; say which block.", nameof(role))
        : SpecOf(role == WeightRole.Head && config.TieWordEmbeddings ? WeightRole.Embedding : role).Name(null);

    /// <summary>The name of a block's weight.</summary>
    /// <param name="role">What it does.</param>
    /// <param name="layer">The block from 0.</param>
    /// <exception cref="ArgumentException">The role is not a block's.</exception>
    /// <exception cref="InputException">The model's blocks have none.</exception>
    public string Name(WeightRole role, int layer) => role.IsInBlock()
        ? SpecOf(role).Name(layer)
        : throw new ArgumentException($"A model has one {role}, and not one in each block.", nameof(role));

    /// <summary>The names of the given weights in every block, block by block and in the order given.</summary>
    /// <exception cref="InputException">The model's blocks lack one.</exception>
    public IReadOnlyList<string> Names(params WeightRole[] roles) =>
        [.. Enumerable.Range(0, config.LayerCount).SelectMany(layer => roles.Select(role => Name(role, layer)))];

    /// <summary>What a weight does.</summary>
    /// <exception cref="ArgumentException">The model has none of that name.</exception>
    public WeightRole RoleOf(string name) => Find(name)?.Role ?? throw Unknown(name);

    /// <summary>The block of a weight from 0, or null outside the blocks.</summary>
    /// <exception cref="ArgumentException">The model has none of that name.</exception>
    public int? LayerOf(string name) => (Find(name) ?? throw Unknown(name)).Layer;

    /// <summary>The sizes of a weight, or null where the model has none of that name.</summary>
    public long[]? ShapeOf(string name) => Find(name)?.Shape;

    private LayoutWeight? Find(string name)
    {
        foreach ((WeightSpec spec, long[] shape) in specs)
        {
            if (spec.Matches(name, out int? layer) && !(layer >= config.LayerCount))
                return new LayoutWeight(name, spec.Role, layer, shape);
        }

        return null;
    }

    private WeightSpec SpecOf(WeightRole role) => specs.Select(s => s.Spec).FirstOrDefault(s => s.Role == role)
        ?? throw new InputException($"The architecture {config.Architecture} has no {role} in this shape; use a checkpoint whose blocks have one, or leave out what needs it.");

    private static IEnumerable<LayoutWeight> Outside(IEnumerable<(WeightSpec Spec, long[] Shape)> weights) =>
        weights.Select(s => new LayoutWeight(s.Spec.Name(null), s.Spec.Role, null, s.Shape));

    private static ArgumentException Unknown(string name) => new($"The model has no weight '{name}'.", nameof(name));
}
