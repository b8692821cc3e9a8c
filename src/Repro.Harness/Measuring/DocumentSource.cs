using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Seeds;
using Repro.Engine.Text;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>The documents a run reads, as token ids: samples for importance, test texts, and text for further training.</summary>
public sealed class DocumentSource
{
    private readonly Profile profile;
    private readonly Corpus corpus;
    private readonly Corpus? further;
    private readonly Tokenizer tokenizer;
    private readonly SampleBuilder builder;
    private readonly Dictionary<string, IReadOnlyList<int[]>> built = [];

    /// <summary>Opens the texts.</summary>
    /// <param name="profile">Says which texts, and how much of them.</param>
    /// <param name="corpus">The corpus's folder.</param>
    /// <param name="further">Folder of the corpus for further training, or null for none.</param>
    /// <param name="checkpoint">The checkpoint's folder, which has the tokenizer.</param>
    /// <param name="config">The model's configuration.</param>
    /// <exception cref="InputException">A corpus or the tokenizer can't be used.</exception>
    public DocumentSource(Profile profile, string corpus, string? further, string checkpoint, LlamaConfig config)
    {
        this.profile = profile;
        this.corpus = Corpus.Open(corpus);
        this.further = further is null ? null : Corpus.Open(further);
        tokenizer = Tokenizer.OpenFor(config, checkpoint);
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
    public IReadOnlyList<int[]> Test(TestText text)
    {
        string key = $"test {text.Key}";
        return text.Form == TextForm.Written
            ? Build(key, Source(text), text.Code, Split.Test, SampleReading.Line, profile.TestDocuments)
            : Remembered(key, () => InForm(text.Form, key, Test(text with { Form = TextForm.Written }), ends: 1));
    }

    /// <summary>The test documents of a text that a condition is measured on.</summary>
    public IReadOnlyList<int[]> Test(TestText text, Condition condition) => profile.Shares.Of(condition.RandomDraw, Test(text));

    /// <summary>Documents that a text's importance is taken from, of the large sample's lines, under the profile's sample reading.</summary>
    /// <param name="text">The text: one of the paper's, or a control's.</param>
    /// <param name="lines">Which of the sample's lines.</param>
    public IReadOnlyList<int[]> Samples(TestText text, Range lines) => [.. builder.Build(SampleLines(text).Take(lines), profile.Samples)];

    /// <summary>Whether a text has as many lines as importance is taken from.</summary>
    public bool CoversSample(TestText text) => SampleCount(text) >= profile.LargeSample;

    /// <summary>Lines that a text's importance can be taken from, at most as many as the profile asks for.</summary>
    public int SampleCount(TestText text) => SampleLines(text).Count;

    /// <summary>Documents for further training.</summary>
    /// <param name="code">The text's code.</param>
    public IReadOnlyList<int[]> Further(string code) =>
        Build($"further {code}", further, code, Split.Train, SampleReading.Line, profile.FurtherDocuments(code));

    /// <summary>Documents of the other texts that importance is taken from, in turn, for data replay.</summary>
    /// <param name="code">Code of the text that is not replayed.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<int[]> Replay(string code, int count)
    {
        IReadOnlyList<int[]>[] others =
        [
            .. profile.Texts.Importance.Where(l => l.Code != code).Select(l => Build($"replay {l.Code}", corpus, l.Code, Split.Train, SampleReading.Line, int.MaxValue)),
        ];
        return [.. Enumerable.Range(0, count).Select(i => others[i % others.Length][i / others.Length % others[i % others.Length].Count])];
    }

    /// <summary>Whether there is test text and, for one that importance is taken from or that training reads, enough of it.</summary>
    public bool Covers(TestText text) =>
        Test(text).Count > 1
        && (text.Further
            ? Further(text.Code).Count >= profile.FurtherDocuments(text.Code)
            : !profile.Texts.Importance.Contains(text) || CoversSample(text));

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

    private Corpus? Source(TestText text) => text.Further ? further : corpus;

    private IReadOnlyList<int[]> SampleLines(TestText text)
    {
        string key = $"samples {text.Key}";
        return Remembered(key, () =>
        {
            if (profile.Texts.Shuffled.ToList().IndexOf(text) is var dealt and >= 0)
                return Dealt(dealt);
            if (text.Form != TextForm.Written)
                return InForm(text.Form, key, SampleLines(text with { Form = TextForm.Written }), ends: 0);
            IEnumerable<int[]> fitting = corpus.Lines(text.Code, Split.Train).Select(tokenizer.Encode).Where(i => i.Length > 0 && i.Length + 2 <= builder.MaxTokens);
            return [.. fitting.Take(profile.LargeSample)];
        });
    }

    // Of each line number every text has one line, and each of them goes to another one of the shuffled texts.
    private IReadOnlyList<int[]> Dealt(int place)
    {
        IReadOnlyList<int[]>[] labelled = [.. profile.Texts.Importance.Select(SampleLines)];
        SplitMix random = new(SplitMix.Derive(profile.Seed, "shuffled labels"));
        int[] order = [.. Enumerable.Range(0, labelled.Length)];
        return [.. Enumerable.Range(0, labelled.Min(lines => lines.Count)).Select(line =>
        {
            random.Shuffle<int>(order);
            return labelled[order[place]][line];
        })];
    }

    // The first and last tokens of a document that are its ends stay where they are.
    private IReadOnlyList<int[]> InForm(TextForm form, string name, IReadOnlyList<int[]> documents, int ends)
    {
        SplitMix random = new(SplitMix.Derive(profile.Seed, name));
        return [.. documents.Select(document =>
        {
            int[] tokens = [.. document];
            Span<int> inner = tokens.AsSpan(ends..^ends);
            if (form == TextForm.RandomOrder)
                random.Shuffle(inner);
            else
                tokenizer.Encode(DecimalNumbers.Write(random, inner.Length)).AsSpan(..inner.Length).CopyTo(inner);
            return tokens;
        })];
    }

    private IReadOnlyList<int[]> Build(string key, Corpus? source, string code, Split split, SampleReading reading, int most) =>
        Remembered(key, () => source is null ? [] : [.. builder.Build(source.Lines(code, split).Select(tokenizer.Encode), reading).Take(most)]);

    private IReadOnlyList<int[]> Remembered(string key, Func<IReadOnlyList<int[]>> make)
    {
        if (!built.TryGetValue(key, out IReadOnlyList<int[]>? documents))
            built[key] = documents = make();
        return documents;
    }
}
