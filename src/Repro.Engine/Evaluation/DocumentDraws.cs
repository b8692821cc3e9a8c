using Repro.Engine.Seeds;

namespace Repro.Engine.Evaluation;

/// <summary>Which documents each resample of a text holds, in the order they are drawn: as many as the text has, with replacement.</summary>
public sealed class DocumentDraws
{
    // 64 MB; the draws of more documents are made again each time.
    private const long MostKept = 1 << 24;

    private readonly ulong seed;
    private readonly int[]? kept;

    /// <summary>Draws them.</summary>
    /// <param name="documents">How many documents there are.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="count">How many resamples.</param>
    public DocumentDraws(int documents, ulong seed, int count = PairedBootstrap.Draws)
    {
        Documents = documents;
        Count = count;
        this.seed = seed;
        if ((long)count * documents <= MostKept)
            Fill(kept = new int[count * documents], new SplitMix(seed));
    }

    /// <summary>How many documents there are.</summary>
    public int Documents { get; }

    /// <summary>How many resamples.</summary>
    public int Count { get; }

    /// <summary>Goes through the resamples.</summary>
    /// <param name="visit">Gets the number of a resample from 0 and the places of its documents.</param>
    public void ForEach(Action<int, ReadOnlySpan<int>> visit)
    {
        int[] once = kept is null ? new int[Documents] : [];
        SplitMix random = new(seed);
        for (int draw = 0; draw < Count; draw++)
        {
            if (kept is null)
                Fill(once, random);
            visit(draw, kept is null ? once : kept.AsSpan(draw * Documents, Documents));
        }
    }

    private void Fill(int[] places, SplitMix random)
    {
        for (int i = 0; i < places.Length; i++)
            places[i] = (int)random.Below(Documents);
    }
}
