using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;
using Repro.Paper.Results;
using static TorchSharp.torch;

namespace Repro.Paper.Experiments;

/// <summary>Which part of the sample importance is taken from.</summary>
internal enum Portion
{
    /// <summary>The paper's 10K.</summary>
    Small,

    /// <summary>The paper's 100K.</summary>
    Large,

    /// <summary>The first half of the 100K.</summary>
    FirstHalf,

    /// <summary>The second half of the 100K.</summary>
    SecondHalf,
}

/// <summary>A stretch of a language's sample whose gradients are summed in one pass, by one task.</summary>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="Part">Which of the sample's three parts it belongs to.</param>
/// <param name="Lines">Its lines of the sample.</param>
public sealed record ImportanceShard(string Language, int Part, Range Lines)
{
    /// <inheritdoc/>
    public override string ToString() => $"importance of {PaperLanguages.Get(Language).Name}, lines {Lines.Start} to {Lines.End}";
}

/// <summary>Gradient sums of one model, shard by shard, kept in the store; importance is computed from them tensor by tensor.</summary>
/// <remarks>
/// The sample has three parts: the small sample, the rest of the first half, the second half. Sums of parts give both sample sizes and both halves
/// without a second pass. A part is summed over its shards in their order, on one machine or many.
/// </remarks>
public sealed class ImportanceLibrary : IDisposable
{
    private const int Parts = 3;

    private readonly LlamaModel model;
    private readonly Profile profile;
    private readonly TextLibrary texts;
    private readonly ResultKeys keys;
    private readonly ArtifactStore store;
    private readonly Func<GradientPass> pass;
    private readonly Dictionary<string, GradientSums> open = [];

    internal ImportanceLibrary(LlamaModel model, Profile profile, TextLibrary texts, ResultKeys keys, ArtifactStore store, Func<GradientPass> pass)
    {
        this.model = model;
        this.profile = profile;
        this.texts = texts;
        this.keys = keys;
        this.store = store;
        this.pass = pass;
    }

    /// <summary>Called with the tokens read and what for.</summary>
    internal Action<long, string>? Progress { get; set; }

    /// <summary>Ends the work between two micro-batches or blocks.</summary>
    internal CancellationToken Cancellation { get; set; }

    /// <summary>All shards, language by language, in the order they are summed.</summary>
    public static IEnumerable<ImportanceShard> Shards(Profile profile) =>
        PaperLanguages.Region.SelectMany(language => Enumerable.Range(0, Parts).SelectMany(part => ShardsOf(profile, language.Code, part)));

    /// <summary>Sums a shard's gradients, where that was not done before.</summary>
    public void Make(ImportanceShard shard)
    {
        if (!store.Has(PartKey(shard.Language, shard.Part)))
            store.Ensure(keys.OfShard(shard), (path, metadata) => Write(shard, path, metadata));
    }

    /// <summary>Adds up the shards of each part of a language, where that was not done before.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    public void Reduce(string language)
    {
        for (int part = 0; part < Parts; part++)
            Part(language, part);
    }

    /// <summary>Tokens that all shards read, counting a backward pass as two forward ones.</summary>
    public long Cost() => PaperLanguages.Region.Sum(l => texts.Samples(l.Code, ..).Sum(d => 3L * (d.Length - 1)));

    /// <summary>Importance of one language, or of all six together; this library must outlive it.</summary>
    /// <param name="language">ISO 639-1 code, or null for the core importance.</param>
    /// <param name="portion">The part of the sample.</param>
    /// <param name="score">What weights are scored by.</param>
    internal ImportanceMap Map(string? language, Portion portion, ImportanceScore score) => language is not null
        ? OfLanguage(language, portion, score)
        : ImportanceMap.Sum([.. PaperLanguages.Region.Select(l => OfLanguage(l.Code, portion, score))]);

    /// <summary>
    /// Works on the core importance of the large sample from sums of another type: a pass for each language into the store, so that no more than one
    /// language's sums are in memory and a killed run goes on. They are removed when the work is done.
    /// </summary>
    /// <param name="accumulator">Type the sums are kept in.</param>
    /// <param name="work">The work.</param>
    internal T WithSumsIn<T>(ScalarType accumulator, Func<ImportanceMap, T> work)
    {
        GradientPass narrow = pass() with { Accumulator = accumulator };
        List<GradientSums> sums = [];
        string KeyOf(Language language) => $"{keys.OfShards([.. Shards(profile).Where(s => s.Language == language.Code)])} | summed in {accumulator}";
        try
        {
            foreach (Language language in PaperLanguages.Region)
            {
                sums.Add(GradientSums.Of(store.Get(KeyOf(language), (path, metadata) =>
                    GradientSums.Write(path, metadata, model, texts.Samples(language.Code, ..), narrow, cancellation: Cancellation))));
            }

            T result = work(ImportanceMap.Sum([.. sums.Select(s => s.ToMap(model))]));
            foreach (Language language in PaperLanguages.Region)
                store.Remove(KeyOf(language));
            return result;
        }
        finally
        {
            foreach (GradientSums one in sums)
                one.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GradientSums sums in open.Values)
            sums.Dispose();
    }

    private static IEnumerable<ImportanceShard> ShardsOf(Profile profile, string language, int part)
    {
        int[] bounds = [0, profile.SmallSample, profile.LargeSample / 2, profile.LargeSample];
        for (int line = bounds[part]; line < bounds[part + 1]; line += profile.ShardSamples)
            yield return new ImportanceShard(language, part, line..Math.Min(line + profile.ShardSamples, bounds[part + 1]));
    }

    private ImportanceMap OfLanguage(string language, Portion portion, ImportanceScore score)
    {
        GradientSums[] own = [.. Enumerable.Range(0, Parts).Select(part => Part(language, part))];
        GradientSums sums = GradientSums.Merge(portion switch
        {
            Portion.Small => own[..1],
            Portion.FirstHalf => own[..2],
            Portion.SecondHalf => own[2..],
            _ => own,
        });
        return sums.ToMap(model, score);
    }

    private GradientSums Part(string language, int part)
    {
        string key = PartKey(language, part);
        if (!open.TryGetValue(key, out GradientSums? sums))
            open[key] = sums = GradientSums.Of(store.Get(key, (path, metadata) => WriteSum([.. ShardsOf(profile, language, part)], path, metadata)));
        return sums;
    }

    // A part of one shard is that shard.
    private string PartKey(string language, int part) => keys.OfShards([.. ShardsOf(profile, language, part)]);

    private void WriteSumOf(ImportanceShard[] shards, string path, IReadOnlyDictionary<string, string> metadata)
    {
        // One shard after the other onto a growing sum, so that a killed run goes on from the last sum.
        int done = Enumerable.Range(1, shards.Length - 1).Last(count => count == 1 || store.Has(keys.OfShards(shards[..count])));
        for (int count = done + 1; count <= shards.Length; count++)
        {
            ImportanceShard[] summed = shards[..(count - 1)];
            ImportanceShard next = shards[count - 1];
            using (GradientSums before = GradientSums.Of(store.Get(keys.OfShards(summed), (p, m) => WriteSum(summed, p, m))))
            using (GradientSums added = GradientSums.Of(store.Get(keys.OfShard(next), (p, m) => Write(next, p, m))))
            {
                GradientSums sum = GradientSums.Merge(before, added);
                if (count == shards.Length)
                    sum.Save(path, metadata, model.Config);
                else
                    store.Ensure(keys.OfShards(shards[..count]), (p, m) => sum.Save(p, m, model.Config));
            }

            store.Remove(keys.OfShards(summed));
            store.Remove(keys.OfShard(next));
        }

        // A task that was tried again may have left a shard that was summed before.
        foreach (ImportanceShard shard in shards)
            store.Remove(keys.OfShard(shard));
    }

    // A growing sum that is damaged begins again with its first shard.
    private void WriteSum(ImportanceShard[] shards, string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (shards.Length == 1)
            Write(shards[0], path, metadata);
        else
            WriteSumOf(shards, path, metadata);
    }

    private void Write(ImportanceShard shard, string path, IReadOnlyDictionary<string, string> metadata)
    {
        IReadOnlyList<int[]> documents = texts.Samples(shard.Language, shard.Lines);
        long tokens = documents.Sum(d => 3L * (d.Length - 1));
        long reported = 0;
        GradientSums.Write(
            path,
            metadata,
            model,
            documents,
            pass(),
            share =>
            {
                long now = (long)(share * tokens);
                Progress?.Invoke(now - reported, shard.ToString());
                reported = now;
            },
            Cancellation);
    }
}
