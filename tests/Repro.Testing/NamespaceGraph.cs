using Mono.Cecil;

namespace Repro.Testing;

/// <summary>Which namespaces of an assembly use which, by the types in signatures, fields and method bodies; attributes do not count.</summary>
public sealed class NamespaceGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, SortedSet<string>>> uses;

    private NamespaceGraph(SortedDictionary<string, SortedDictionary<string, SortedSet<string>>> uses) => this.uses = uses;

    /// <summary>Reads an assembly's own namespaces; those of other assemblies are left out.</summary>
    /// <param name="path">The assembly's file.</param>
    public static NamespaceGraph Read(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        SortedDictionary<string, SortedDictionary<string, SortedSet<string>>> uses = new(StringComparer.Ordinal);
        foreach (TypeDefinition type in assembly.MainModule.GetTypes().Where(IsWritten))
        {
            string from = NamespaceOf(type);
            foreach (TypeReference used in TypeUses.Of(type).Where(u => u.Scope == assembly.MainModule && IsWritten(u)))
                Add(uses, from, NamespaceOf(used), $"{Outermost(type).Name} -> {Outermost(used).Name}");
        }

        return new NamespaceGraph(uses);
    }

    /// <summary>The namespaces, in ordinal order.</summary>
    public IReadOnlyCollection<string> Namespaces => uses.Keys;

    /// <summary>The namespaces that a namespace uses, itself left out.</summary>
    public IReadOnlyCollection<string> UsedBy(string name) => uses.TryGetValue(name, out SortedDictionary<string, SortedSet<string>>? used) ? used.Keys : [];

    /// <summary>Sets of namespaces that each lead to all others of the set, as text: every use inside the set with the types that make it.</summary>
    /// <returns>One text a set; none where the namespaces have an order.</returns>
    public IReadOnlyList<string> Cycles()
    {
        Dictionary<string, HashSet<string>> reached = uses.Keys.ToDictionary(n => n, Reach, StringComparer.Ordinal);
        return
        [
            .. uses.Keys.Where(n => reached[n].Contains(n))
                .GroupBy(n => string.Join(", ", uses.Keys.Where(m => reached[n].Contains(m) && reached[m].Contains(n))))
                .Select(set => Describe(set.Key, [.. set])),
        ];
    }

    private string Describe(string title, string[] set) => string.Join(
        Environment.NewLine,
        from @from in set
        from to in uses[@from].Where(u => set.Contains(u.Key))
        select $"  {@from} -> {to.Key}: {string.Join(", ", to.Value)}"
        into line
        orderby line
        select line).Insert(0, title + Environment.NewLine);

    private HashSet<string> Reach(string start)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Queue<string> open = new(UsedBy(start));
        while (open.TryDequeue(out string? next))
        {
            if (reached.Add(next))
            {
                foreach (string further in UsedBy(next))
                    open.Enqueue(further);
            }
        }

        return reached;
    }

    private static void Add(SortedDictionary<string, SortedDictionary<string, SortedSet<string>>> uses, string from, string to, string because)
    {
        foreach (string name in new[] { from, to })
            uses.TryAdd(name, new(StringComparer.Ordinal));
        if (from == to)
            return;
        uses[from].TryAdd(to, new(StringComparer.Ordinal));
        uses[from][to].Add(because);
    }

    // What the compiler adds for an assembly as a whole has no namespace.
    private static bool IsWritten(TypeReference type) => NamespaceOf(type).Length > 0;

    private static string NamespaceOf(TypeReference type) => Outermost(type).Namespace;

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
