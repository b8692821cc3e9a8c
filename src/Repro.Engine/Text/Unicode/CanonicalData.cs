using System.Globalization;
using System.Reflection;

namespace Repro.Engine.Text.Unicode;

/// <summary>What the Unicode Character Database says of canonical equivalence; Hangul syllables follow a rule instead.</summary>
internal sealed class CanonicalData
{
    private const string Resource = "Repro.Engine.Text.Unicode.canonical.txt";
    private static readonly Lazy<CanonicalData> Loaded = new(() => new CanonicalData());
    private readonly Dictionary<int, int[]> decompositions = [];
    private readonly Dictionary<(int First, int Second), int> compositions = [];
    private readonly Dictionary<int, int> classes = [];

    private CanonicalData()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                Add(line.Split(' '));
        }
    }

    public static CanonicalData Instance => Loaded.Value;

    /// <summary>The one or two code points that a code point is made of, or null where it is not composed.</summary>
    public int[]? Decomposition(int code) => decompositions.GetValueOrDefault(code);

    /// <summary>The code point that two make together, or null.</summary>
    public int? Composition(int first, int second) => compositions.TryGetValue((first, second), out int whole) ? whole : null;

    /// <summary>The canonical combining class; 0 for a character that begins a cluster.</summary>
    public int CombiningClass(int code) => classes.GetValueOrDefault(code);

    private void Add(string[] words)
    {
        if (words[0].Split('-') is [var first, var last])
        {
            for (int code = Code(first); code <= Code(last); code++)
                classes[code] = int.Parse(words[1], CultureInfo.InvariantCulture);
            return;
        }

        bool composes = words[^1] != "!";
        int[] parts = [.. (composes ? words[1..] : words[1..^1]).Select(Code)];
        decompositions[Code(words[0])] = parts;
        if (composes)
            compositions[(parts[0], parts[1])] = Code(words[0]);
    }

    private static int Code(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
