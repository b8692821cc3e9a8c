namespace Repro.Engine.Text;

/// <summary>SentencePiece's merging: of all neighbours that make a piece, the pair of the highest score first, and of equal ones the leftmost.</summary>
/// <param name="model">The pieces.</param>
/// <remarks>Microsoft.ML.Tokenizers 2.0.1 takes the rightmost of equal ones; reported as https://github.com/dotnet/machinelearning/issues. Goes when it takes the leftmost.</remarks>
internal sealed class PairMerging(SentencePieceModel model)
{
    private readonly PriorityQueue<Pair, (float Score, int Start)> queue = new();
    private readonly Dictionary<string, int> madeOf = new(StringComparer.Ordinal);
    private string text = "";
    private Symbol[] symbols = [];

    /// <summary>The pieces of a normalised text, from left to right, as [start, end).</summary>
    public IEnumerable<Range> Pieces(string normalised)
    {
        text = normalised;
        symbols = [.. Symbols()];
        for (int i = 1; i < symbols.Length; i++)
            Consider(i - 1, i);
        while (queue.TryDequeue(out Pair pair, out _))
            Merge(pair);
        return symbols.Where(s => s.Length > 0).SelectMany(s => Parts(s.Start, s.Length)).ToList();
    }

    private IEnumerable<Symbol> Symbols()
    {
        for (int start = 0, i = 0; start < text.Length; i++)
        {
            int whole = UserDefinedAt(start);
            int length = whole > 0 ? whole : char.IsSurrogatePair(text, start) ? 2 : 1;
            bool isLast = start + length == text.Length;
            yield return new Symbol(start, length, i - 1, isLast ? -1 : i + 1, whole > 0);
            start += length;
        }
    }

    private int UserDefinedAt(int start)
    {
        for (int length = Math.Min(model.LongestUserDefined, text.Length - start); length > 0; length--)
        {
            if (model.Find(text.AsSpan(start, length)) is { IsUserDefined: true })
                return length;
        }

        return 0;
    }

    private void Consider(int left, int right)
    {
        if (left < 0 || right < 0 || symbols[left].IsFixed || symbols[right].IsFixed)
            return;
        (int start, int length) = (symbols[left].Start, symbols[left].Length + symbols[right].Length);
        if (model.Find(text.AsSpan(start, length)) is not { } piece)
            return;

        // The queue takes the least first.
        queue.Enqueue(new Pair(left, right, length), (-piece.Score, start));
        if (piece.IsUnused)
            madeOf[text.Substring(start, length)] = symbols[left].Length;
    }

    private void Merge(Pair pair)
    {
        ref Symbol left = ref symbols[pair.Left];
        ref Symbol right = ref symbols[pair.Right];
        if (left.Length == 0 || right.Length == 0 || left.Length + right.Length != pair.Length)
            return;
        left = left with { Length = pair.Length, Next = right.Next };
        right = right with { Length = 0 };
        if (left.Next >= 0)
            symbols[left.Next] = symbols[left.Next] with { Previous = pair.Left };
        Consider(left.Previous, pair.Left);
        Consider(pair.Left, left.Next);
    }

    private IEnumerable<Range> Parts(int start, int length)
    {
        if (model.Find(text.AsSpan(start, length)) is not { IsUnused: true } || !madeOf.TryGetValue(text.Substring(start, length), out int first))
            return [start..(start + length)];
        return Parts(start, first).Concat(Parts(start + first, length - first));
    }

    private readonly record struct Symbol(int Start, int Length, int Previous, int Next, bool IsFixed);

    private readonly record struct Pair(int Left, int Right, int Length);
}
