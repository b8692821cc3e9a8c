using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Tables or figures of one kind: what is measured, what is claimed with which bounds and why, and where the paper's numbers stand.</summary>
internal abstract class TableFamily
{
    /// <summary>What counts as no change, nats per token: the paper's largest under core Bottom (English, 13B).</summary>
    protected const double NoChange = 0.03;

    /// <summary>
    /// What counts as a difference between two trained models, nats per token: 1 % of perplexity. Training moves perplexity by far less than a removal does, so
    /// that <see cref="NoChange"/> would hide what the paper reports (0.09 nats in English).
    /// </summary>
    protected const double OnePercent = 0.01;

    /// <summary>By how much one way of weights must exceed another to be called further: 5 %, as a logarithm of their ratio. Control weights may be larger or smaller by as much and still count as alike.</summary>
    protected const double Further = 0.05;

    /// <summary>How many times what a random choice adds an effect must add: Top adds at least 12 times Random in the paper.</summary>
    protected const double TimesRandom = 5;

    /// <summary>Its place in the order of measuring: the quick and much asked for come first, those of one place by their name.</summary>
    public abstract int Place { get; }

    /// <summary>All families of this assembly, in the order of measuring.</summary>
    public static IReadOnlyList<TableFamily> All { get; } =
    [
        .. typeof(TableFamily).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(TableFamily)))
            .Select(t => (TableFamily)Activator.CreateInstance(t)!)
            .OrderBy(f => f.Place)
            .ThenBy(f => f.GetType().Name, StringComparer.Ordinal),
    ];

    /// <summary>The tables.</summary>
    /// <param name="profile">Gives draws, readings and the scale of training.</param>
    /// <param name="published">The paper's numbers.</param>
    public abstract IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published);

    /// <summary>Id of a numbered table.</summary>
    protected static string Id(int number) => $"table-{number:D2}";
}
