using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Repro.Engine.Models;
using Repro.Engine.Text;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>The documents a run reads, as token ids: samples for importance, test texts, and text for further training.</summary>
public sealed class TextLibrary
{
    private readonly Profile profile;
    private readonly Corpus corpus;
    private readonly Corpus? further;
    private readonly Tokenizer tokenizer;
    private readonly SampleBuilder builder;
    private readonly Dictionary<string, IReadOnlyList<int[]>> built = [];

    internal TextLibrary(Setup setup, LlamaConfig config)
    {
        profile = setup.Profile;
        corpus = Corpus.Open(setup.Corpus);
        further = setup.FurtherCorpus is { } folder ? Corpus.Open(folder) : null;
        tokenizer = Tokenizer.OpenFor(config, setup.Checkpoint);
        Bos = tokenizer.BosFor(config);
        builder = new SampleBuilder(Bos, config.EosTokenId, Math.Min(profile.MaxTokens, config.MaxPositions));
    }

    /// <summary>The token that begins a document: the tokenizer's own, or the configuration's where the tokenizer has none.</summary>
    public int Bos { get; }

    /// <summary>SHA-256 of the main corpus's lines.</summary>
    public string CorpusHash() => corpus.Hash();

    /// <summary>SHA-256 of the further corpus's lines, or null where there is none.</summary>
    public string? FurtherCorpusHash() => further?.Hash();

    /// <summary>Test documents of a text, at most the profile's number.</summary>
    public IReadOnlyList<int[]> Test(Language language) =>
        Build($"test {language.Key}", Source(language), language.Code, Split.Test, SampleReading.Line, profile.TestDocuments);

    /// <summary>Documents that a language's importance is taken from, of the large sample's lines, under the profile's sample reading.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="lines">Which of the sample's lines.</param>
    public IReadOnlyList<int[]> Samples(string language, Range lines)
    {
        IReadOnlyList<int[]> all = SampleLines(language);
        return [.. builder.Build(all.Take(lines), profile.Samples)];
    }

    /// <summary>Documents for further training.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    public IReadOnlyList<int[]> Further(string language) =>
        Build($"further {language}", further, language, Split.Train, SampleReading.Line, profile.FurtherDocuments(language));

    /// <summary>Documents of the other region languages, taken in turn, for data replay.</summary>
    /// <param name="language">The language that is not replayed.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<int[]> Replay(string language, int count)
    {
        IReadOnlyList<int[]>[] others =
        [
            .. PaperLanguages.Region.Where(l => l.Code != language).Select(l => Build($"replay {l.Code}", corpus, l.Code, Split.Train, SampleReading.Line, int.MaxValue)),
        ];
        return [.. Enumerable.Range(0, count).Select(i => others[i % others.Length][i / others.Length % others[i % others.Length].Count])];
    }

    /// <summary>Whether there is test text and, for a region language or a further text, enough to train on.</summary>
    public bool Covers(Language language) =>
        Source(language)?.Languages.Contains(language.Code) == true
        && Test(language).Count > 1
        && (language.Further
            ? Further(language.Code).Count >= profile.FurtherDocuments(language.Code)
            : !PaperLanguages.Region.Contains(language) || SampleLines(language.Code).Count >= profile.LargeSample);

    /// <summary>Token ids of a text, without BOS and EOS.</summary>
    public int[] Encode(string text) => tokenizer.Encode(text);

    /// <summary>The text of ids.</summary>
    public string Decode(IEnumerable<int> ids) => tokenizer.Decode(ids);

    /// <summary>A hash of documents, for the keys of results.</summary>
    public static string HashOf(IEnumerable<int[]> documents)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int[] document in documents)
        {
            hash.AppendData(BitConverter.GetBytes(document.Length));
            hash.AppendData(MemoryMarshal.AsBytes(document.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private Corpus? Source(Language language) => language.Further ? further : corpus;

    private IReadOnlyList<int[]> SampleLines(string language)
    {
        string key = $"samples {language}";
        if (!built.TryGetValue(key, out IReadOnlyList<int[]>? ids))
        {
            IEnumerable<int[]> fitting = corpus.Lines(language, Split.Train).Select(tokenizer.Encode).Where(i => i.Length > 0 && i.Length + 2 <= builder.MaxTokens);
            built[key] = ids = [.. fitting.Take(profile.LargeSample)];
        }

        return ids;
    }

    private IReadOnlyList<int[]> Build(string key, Corpus? source, string language, Split split, SampleReading reading, int most)
    {
        if (!built.TryGetValue(key, out IReadOnlyList<int[]>? documents))
            built[key] = documents = source is null ? [] : [.. builder.Build(source.Lines(language, split).Select(tokenizer.Encode), reading).Take(most)];
        return documents;
    }
}
