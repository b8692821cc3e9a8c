using System.Text;
using System.Text.Json.Nodes;
using Repro.Engine.Seeds;

namespace Repro.Engine.Tests.Support;

/// <summary>
/// Byte pairs merged in a plain loop, the most frequent pair of a training text first, with a small trainer; shares no code with the engine.
/// </summary>
internal sealed class ReferenceBytePairs
{
    // A byte that prints in Latin-1 is its own character; the n-th of the others is the n-th after U+00FF.
    private static readonly string[] SymbolOf = [.. Enumerable.Range(0, 256).Select(b => ((char)(Prints(b) ? b : 0x100 + Enumerable.Range(0, b).Count(o => !Prints(o)))).ToString())];
    private readonly ReferenceSplitter splitter;
    private readonly List<(string Left, string Right)> merges = [];
    private readonly Dictionary<string, int> ids = [];
    private readonly bool wholePiecesFirst;

    /// <summary>Trains on lines; ids are shuffled, so that their order says nothing about that of the merges.</summary>
    public ReferenceBytePairs(IEnumerable<string> lines, int mergeCount, ReferenceSplitter splitter, ulong seed, params string[] wholePieces)
    {
        this.splitter = splitter;
        wholePiecesFirst = wholePieces.Length > 0;
        List<string[]> words = [.. lines.SelectMany(splitter.Split).Select(Symbols)];
        while (merges.Count < mergeCount && MostFrequent(words) is { } best)
        {
            merges.Add(best);
            words = [.. words.Select(word => Merge(word, best))];
        }

        string[] tokens = [.. SymbolOf, .. merges.Select(m => m.Left + m.Right), .. wholePieces.Select(p => string.Concat(Symbols(p)))];
        int[] order = [.. Enumerable.Range(0, tokens.Distinct().Count())];
        new SplitMix(seed).Shuffle<int>(order);
        foreach (string token in tokens.Distinct())
            ids[token] = order[ids.Count];
    }

    public int Count => ids.Count;

    public int[] Encode(string text) => [.. splitter.Split(text).SelectMany(EncodePiece)];

    /// <summary>The vocabulary, the merges and the options as a <c>tokenizer.json</c> has them.</summary>
    public JsonObject Model() => new()
    {
        ["type"] = "BPE",
        ["dropout"] = null,
        ["unk_token"] = null,
        ["continuing_subword_prefix"] = null,
        ["end_of_word_suffix"] = null,
        ["fuse_unk"] = false,
        ["byte_fallback"] = false,
        ["ignore_merges"] = wholePiecesFirst,
        ["vocab"] = new JsonObject(ids.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
        ["merges"] = new JsonArray([.. merges.Select(m => (JsonNode)$"{m.Left} {m.Right}")]),
    };

    private static string[] Symbols(string piece) => [.. Encoding.UTF8.GetBytes(piece).Select(b => SymbolOf[b])];

    private static bool Prints(int value) => value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);

    private static (string Left, string Right)? MostFrequent(IEnumerable<string[]> words)
    {
        (string, string)[] best =
        [
            .. words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.First + " " + g.Key.Second, StringComparer.Ordinal).Take(1).Select(g => g.Key),
        ];
        return best is [var pair] ? pair : null;
    }

    private static string[] Merge(string[] word, (string Left, string Right) pair)
    {
        List<string> merged = [];
        for (int i = 0; i < word.Length; i++)
        {
            bool meets = i + 1 < word.Length && word[i] == pair.Left && word[i + 1] == pair.Right;
            merged.Add(meets ? word[i] + word[++i] : word[i]);
        }

        return [.. merged];
    }

    private IEnumerable<int> EncodePiece(string piece)
    {
        string[] word = Symbols(piece);
        if (wholePiecesFirst && ids.TryGetValue(string.Concat(word), out int whole))
            return [whole];
        foreach ((string, string) pair in merges)
            word = Merge(word, pair);
        return word.Select(token => ids[token]);
    }
}
