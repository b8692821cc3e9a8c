namespace Repro.Engine.Text;

/// <summary>How lines become documents; see the paper's Section 3.1 and its released code.</summary>
public enum SampleReading
{
    /// <summary>One line is one document; a document over the maximum is dropped (the released code).</summary>
    Line,

    /// <summary>Lines are merged greedily up to the maximum (the paper's text).</summary>
    Merge,
}

/// <summary>Turns text into documents of token ids: BOS, the ids, EOS.</summary>
/// <param name="BosTokenId">Token that begins a document.</param>
/// <param name="EosTokenId">Token that ends one.</param>
/// <param name="MaxTokens">Longest document, BOS and EOS included.</param>
public sealed record SampleBuilder(int BosTokenId, int EosTokenId, int MaxTokens)
{
    /// <summary>Builds the documents of a text.</summary>
    /// <param name="lines">Token ids of each line, without BOS and EOS.</param>
    /// <param name="reading">How lines become documents.</param>
    /// <returns>Documents of at most <see cref="MaxTokens"/> ids, in the order of the lines; empty lines give none.</returns>
    public IEnumerable<int[]> Build(IEnumerable<int[]> lines, SampleReading reading)
    {
        IEnumerable<int[]> fitting = lines.Where(ids => ids.Length > 0 && ids.Length + 2 <= MaxTokens);
        return reading == SampleReading.Line ? fitting.Select(Enclose) : Merge(fitting);
    }

    private IEnumerable<int[]> Merge(IEnumerable<int[]> lines)
    {
        List<int> merged = [];
        foreach (int[] ids in lines)
        {
            if (merged.Count > 0 && merged.Count + ids.Length + 2 > MaxTokens)
            {
                yield return Enclose(merged);
                merged.Clear();
            }

            merged.AddRange(ids);
        }

        if (merged.Count > 0)
            yield return Enclose(merged);
    }

    private int[] Enclose(IEnumerable<int> ids) => [BosTokenId, .. ids, EosTokenId];
}
