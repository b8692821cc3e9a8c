using Repro.Harness.Figures;
using Repro.Harness.Goldens;
using Repro.Harness.Texts;

namespace Repro.Harness.Atlases;

/// <summary>How the languages of a corpus lie in a checkpoint: which regions they have, and what losing each region costs every language.</summary>
public sealed record Atlas
{
    /// <summary>Name of the form of <c>atlas.json</c>.</summary>
    public const string CurrentSchema = "repro-atlas/1";

    /// <summary>The form.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>What the checkpoint is called.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>What it was measured on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>The languages, in the order of the tree's leaves.</summary>
    public required IReadOnlyList<AtlasLanguage> Languages { get; init; }

    /// <summary>Languages of the corpus that were left out, each with the reason.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>What removing each language's region adds to each language.</summary>
    public required Figure Increases { get; init; }

    /// <summary>What removing more and more of the core region, and of random weights, does to each language that has a region.</summary>
    public required Figure Doses { get; init; }

    /// <summary>What every two languages' top 1 % have in common.</summary>
    public required IReadOnlyList<AtlasOverlap> Overlaps { get; init; }

    /// <summary>The Jaccard overlap of two random regions of this size.</summary>
    public required double OverlapByChance { get; init; }

    /// <summary>Where each language's region lies.</summary>
    public required IReadOnlyList<AtlasProfile> Profiles { get; init; }

    /// <summary>The languages joined by how alike the regions hurt them.</summary>
    public required LanguageTree Tree { get; init; }

    /// <summary>Whether languages of one group are nearer to each other; nothing for a grouping in which no two languages share a group.</summary>
    public required IReadOnlyList<GroupDistance> Groups { get; init; }
}

/// <summary>A language of an atlas.</summary>
/// <param name="Code">Its name in the corpus.</param>
/// <param name="Name">Its name, or the code where the paper does not know it.</param>
/// <param name="Groups">What it belongs to by each grouping (a family, a script); empty where the paper does not know it.</param>
/// <param name="HasRegion">Whether the corpus has enough training lines of it to locate a region.</param>
/// <param name="TestDocuments">Test lines that were measured.</param>
/// <param name="Base">Log-perplexity of the checkpoint, nats per token, with its 95 % interval.</param>
public sealed record AtlasLanguage(string Code, string Name, IReadOnlyDictionary<string, string> Groups, bool HasRegion, int TestDocuments, Estimate Base);

/// <summary>What two languages' top 1 % have in common, before Eq. 5 takes it off.</summary>
/// <param name="First">Code of one.</param>
/// <param name="Second">Code of the other.</param>
/// <param name="Jaccard">Size of the intersection over size of the union, with its 95 % interval over tensors.</param>
public sealed record AtlasOverlap(string First, string Second, Estimate Jaccard);

/// <summary>Where a language's region lies.</summary>
/// <param name="Code">The language.</param>
/// <param name="Weights">Weights in the region.</param>
/// <param name="Share">The same as a share of all that it was chosen from.</param>
/// <param name="Layers">Share of each block's weights, from the first block on.</param>
/// <param name="Matrices">Share of the weights of each kind of matrix, by what it does.</param>
/// <param name="Heads">Share of the weights of each attention head (rows of q, k and v, columns of o), block by block.</param>
public sealed record AtlasProfile(string Code, long Weights, double Share, IReadOnlyList<double> Layers, IReadOnlyDictionary<string, double> Matrices, IReadOnlyList<IReadOnlyList<double>> Heads);

/// <summary>A text that a paper knows, and what it belongs to.</summary>
/// <param name="Text">The text.</param>
/// <param name="Groups">Its group by each grouping, for example <c>family</c>.</param>
public sealed record GroupedText(TestText Text, IReadOnlyDictionary<string, string> Groups);
