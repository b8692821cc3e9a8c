using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Tables or figures of one kind: what is measured, what is claimed with which bounds and why, and where the paper's numbers stand.</summary>
internal abstract class TableFamily
{
    /// <summary>Its place in the order of measuring: the quick and much asked for come first.</summary>
    public abstract int Place { get; }

    /// <summary>All families of this assembly, in the order of measuring.</summary>
    public static IReadOnlyList<TableFamily> All { get; } =
    [
        .. typeof(TableFamily).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(TableFamily)))
            .Select(t => (TableFamily)Activator.CreateInstance(t)!)
            .OrderBy(f => f.Place),
    ];

    /// <summary>The tables.</summary>
    /// <param name="profile">Gives draws, readings and the scale of training.</param>
    /// <param name="published">The paper's numbers.</param>
    public abstract IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published);
}
