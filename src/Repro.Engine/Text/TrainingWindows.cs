using Repro.Engine.Seeds;

namespace Repro.Engine.Text;

/// <summary>Packs documents into windows of one length for training: BOS, then whole documents, each with its EOS.</summary>
public static class TrainingWindows
{
    /// <summary>Packs one language's lines.</summary>
    /// <param name="lines">Token ids of each line, without BOS and EOS.</param>
    /// <param name="bos">Token at the start of every window.</param>
    /// <param name="eos">Token at the end of every document.</param>
    /// <param name="length">Ids per window; a last window may have fewer.</param>
    /// <returns>
    /// The windows. A document that is cut at a window's end begins the next window again, so that every token is also seen with all of its
    /// left context; one longer than a window goes on in the next.
    /// </returns>
    public static IEnumerable<int[]> Pack(IEnumerable<int[]> lines, int bos, int eos, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 3);
        List<int> window = [bos];
        foreach (int[] line in lines.Where(l => l.Length > 0))
        {
            int[] document = [.. line, eos];
            int start = 0;
            while (start < document.Length)
            {
                int taken = Math.Min(length - window.Count, document.Length - start);
                bool first = window.Count == 1;
                window.AddRange(document.AsSpan(start, taken));
                if (window.Count < length)
                    break;

                yield return [.. window];
                window = [bos];
                bool finished = start + taken == document.Length;
                if (finished || first)
                    start += taken;
            }
        }

        if (window.Count > 2)
            yield return [.. window];
    }

    /// <summary>
    /// The windows of one training step: each epoch is a permutation of its own, so a step's batch depends on nothing but the seed and the step.
    /// </summary>
    /// <param name="windows">All windows.</param>
    /// <param name="batchSize">Windows per step.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="firstStep">Step to begin with.</param>
    public static IEnumerable<int[][]> Batches(IReadOnlyList<int[]> windows, int batchSize, ulong seed, long firstStep = 0)
    {
        long position = firstStep * batchSize;
        long epoch = -1;
        int[] order = [];
        while (true)
        {
            int[][] batch = new int[batchSize][];
            for (int i = 0; i < batchSize; i++, position++)
            {
                if (position / windows.Count != epoch)
                {
                    epoch = position / windows.Count;
                    order = [.. Enumerable.Range(0, windows.Count)];
                    new SplitMix(SplitMix.Derive(seed, $"epoch {epoch}")).Shuffle<int>(order);
                }

                batch[i] = windows[order[position % windows.Count]];
            }

            yield return batch;
        }
    }
}
