using System.Security.Cryptography;
using System.Text;
using Repro.Engine.Models;
using Repro.Engine.Seeds;
using Repro.Engine.Text;

namespace Repro.Engine.Training;

/// <summary>How much of a training text is one language's.</summary>
/// <param name="Lines">Lines of the train split that are trained on.</param>
/// <param name="Tokens">Their tokens, without BOS and EOS.</param>
/// <param name="Windows">Windows they were packed into.</param>
/// <param name="Sha256">SHA-256 of all lines of the train split in ordinal order, so that it does not depend on how a corpus was shuffled.</param>
public sealed record LanguageShare(int Lines, long Tokens, int Windows, string Sha256);

/// <summary>The train splits of one or more corpora, packed into windows.</summary>
/// <param name="Windows">Token ids, one array per window; each holds one language.</param>
/// <param name="Shares">What each language contributes.</param>
/// <param name="DroppedLines">Training lines left out because a test split or a held-out corpus has them too.</param>
public sealed record TrainingText(IReadOnlyList<int[]> Windows, IReadOnlyDictionary<string, LanguageShare> Shares, int DroppedLines)
{
    /// <summary>Packs the text.</summary>
    /// <param name="corpora">The corpora; a line of any of their test splits is never trained on.</param>
    /// <param name="tokenizer">Makes the ids.</param>
    /// <param name="config">Gives BOS, EOS and the window's length.</param>
    /// <param name="seed">Seeds the order of the lines.</param>
    /// <param name="heldOut">Corpora of which no line is trained on.</param>
    /// <param name="mostTokens">Most tokens of a language, so that none outweighs the others; its first lines in their shuffled order are taken.</param>
    public static TrainingText Build(IReadOnlyList<Corpus> corpora, Tokenizer tokenizer, LlamaConfig config, ulong seed, IReadOnlyList<Corpus>? heldOut = null, long? mostTokens = null)
    {
        List<int[]> windows = [];
        SortedDictionary<string, LanguageShare> shares = new(StringComparer.Ordinal);
        int dropped = 0;
        foreach (string language in corpora.SelectMany(c => c.Languages).Distinct().Order(StringComparer.Ordinal))
        {
            (string[] lines, int droppedLines) = Lines(corpora, language, heldOut);
            dropped += droppedLines;
            if (lines.Length == 0)
                continue;

            string sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Order(StringComparer.Ordinal)))));
            new SplitMix(SplitMix.Derive(seed, $"lines {language}")).Shuffle<string>(lines);
            long tokens = 0;
            int[][] ids = [.. lines.Select(tokenizer.Encode).TakeWhile(line => (tokens += line.Length) <= (mostTokens ?? long.MaxValue))];
            int[][] packed = [.. TrainingWindows.Pack(ids, tokenizer.BosFor(config), config.EosTokenId, config.MaxPositions + 1)];
            windows.AddRange(packed);
            shares[language] = new LanguageShare(ids.Length, ids.Sum(i => (long)i.Length), packed.Length, sha256);
        }

        return new TrainingText(windows, shares, dropped);
    }

    /// <summary>The training lines of a language, without those that a test split or a held-out corpus holds too.</summary>
    /// <param name="corpora">The corpora.</param>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="heldOut">Corpora of which no line is trained on.</param>
    public static (string[] Kept, int Dropped) Lines(IReadOnlyList<Corpus> corpora, string language, IReadOnlyList<Corpus>? heldOut = null)
    {
        HashSet<string> test = [.. corpora.SelectMany(c => c.Lines(language, Split.Test))];
        foreach (Corpus corpus in heldOut ?? [])
            test.UnionWith([.. corpus.Lines(language, Split.Train), .. corpus.Lines(language, Split.Test)]);
        string[] all = [.. corpora.SelectMany(c => c.Lines(language, Split.Train))];
        string[] kept = [.. all.Where(line => !test.Contains(line))];
        return (kept, all.Length - kept.Length);
    }
}
