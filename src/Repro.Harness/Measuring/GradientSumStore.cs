using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Harness.Texts;
using static TorchSharp.torch;

namespace Repro.Harness.Measuring;

/// <summary>What is summed over a text's sample.</summary>
/// <param name="Text">The text.</param>
/// <param name="Term">What is summed.</param>
/// <param name="OnlySmall">Whether the small sample is all that is needed.</param>
public sealed record SampleSums(TestText Text, SummedTerm Term = SummedTerm.Gradient, bool OnlySmall = false)
{
    /// <summary>Parts of the sample that are summed apart: the small sample, the rest of the first half, the second half.</summary>
    public int Parts => OnlySmall ? 1 : 3;

    /// <summary>Documents they are summed over.</summary>
    /// <param name="profile">Gives the sizes of samples.</param>
    public int Documents(Profile profile) => OnlySmall ? profile.SmallSample : profile.LargeSample;
}

/// <summary>A stretch of a text's sample that is summed over in one pass, by one task.</summary>
/// <param name="Text">The text.</param>
/// <param name="Part">Which of the sample's three parts it belongs to.</param>
/// <param name="Lines">Its lines of the sample.</param>
/// <param name="Term">What is summed.</param>
public sealed record ImportanceShard(TestText Text, int Part, Range Lines, SummedTerm Term = SummedTerm.Gradient)
{
    /// <inheritdoc/>
    public override string ToString() => $"{What} of {Text.Name}, lines {Lines.Start} to {Lines.End}";

    private string What => Term switch
    {
        SummedTerm.SquaredGradient => "squared gradients",
        SummedTerm.TokenImportance => "importance by token",
        SummedTerm.SquaredInput => "squared inputs",
        _ => "importance",
    };
}

/// <summary>Gradient sums of one model, and sums for other scores, shard by shard, kept in the store; importance is computed from them tensor by tensor.</summary>
/// <remarks>
/// The sample has three parts: the small sample, the rest of the first half, the second half. Sums of parts give both sample sizes and both halves
/// without a second pass. A part is summed over its shards in their order, on one machine or many.
/// </remarks>
public sealed class GradientSumStore : IDisposable
{
    private readonly LlamaModel model;
    private readonly Profile profile;
    private readonly DocumentSource texts;
    private readonly MeasurementKeys keys;
    private readonly ArtifactStore store;
    private readonly WorkMeter meter;
    private readonly Func<GradientPass> pass;
    private readonly Dictionary<string, GradientSums> open = [];

    internal GradientSumStore(LlamaModel model, Profile profile, DocumentSource texts, MeasurementKeys keys, ArtifactStore store, WorkMeter meter, Func<GradientPass> pass)
    {
        this.model = model;
        this.profile = profile;
        this.texts = texts;
        this.keys = keys;
        this.store = store;
        this.meter = meter;
        this.pass = pass;
    }

    /// <summary>The shards of some sums, one after the other, in the order they are summed.</summary>
    /// <param name="profile">Gives the sample and the size of a shard.</param>
    /// <param name="sums">The sums.</param>
    public static IEnumerable<ImportanceShard> Shards(Profile profile, params IEnumerable<SampleSums> sums) =>
        sums.SelectMany(sum => Enumerable.Range(0, sum.Parts).SelectMany(part => ShardsOf(profile, sum.Text, sum.Term, part)));

    /// <summary>Sums over a shard, where that was not done before.</summary>
    public void Make(ImportanceShard shard, RunContext context)
    {
        if (!store.Has(PartKey(shard.Text, shard.Term, shard.Part)))
            store.Ensure(keys.OfShard(shard), (path, metadata) => Write(shard, path, metadata, context));
    }

    /// <summary>Adds up the shards of each part of a text's sample, where that was not done before.</summary>
    public void Reduce(SampleSums sums, RunContext context)
    {
        for (int part = 0; part < sums.Parts; part++)
            Part(sums.Text, sums.Term, part, context);
    }

    /// <summary>Tokens that all shards of some sums read, counting a backward pass as two forward ones.</summary>
    public long Cost(IEnumerable<SampleSums> sums) => Shards(profile, sums).Sum(shard => Cost(shard.Term, texts.Samples(shard.Text, shard.Lines)));

    /// <summary>Importance of one text, or of all together; this store must outlive it.</summary>
    /// <param name="text">The text, or null for the core importance.</param>
    /// <param name="samples">The part of the sample.</param>
    /// <param name="score">What weights are scored by.</param>
    /// <param name="context">Progress and cancellation of sums that must be made.</param>
    internal ImportanceMap Map(TestText? text, SamplePart samples, ImportanceScore score, RunContext context) => text is not null
        ? OfText(text, samples, score, context)
        : ImportanceMap.Sum([.. profile.Texts.Importance.Select(t => OfText(t, samples, score, context))]);

    /// <summary>
    /// Works on the core importance of the large sample from sums of another type: a pass for each text into the store, so that no more than one
    /// text's sums are in memory and a killed run goes on. They are removed when the work is done.
    /// </summary>
    /// <param name="accumulator">Type the sums are kept in.</param>
    /// <param name="work">The work.</param>
    /// <param name="context">Ends it between two micro-batches.</param>
    public T WithSumsIn<T>(ScalarType accumulator, Func<ImportanceMap, T> work, RunContext context)
    {
        GradientPass narrow = pass() with { Accumulator = accumulator };
        List<GradientSums> sums = [];
        string KeyOf(TestText text) => $"{keys.OfShards([.. Shards(profile, new SampleSums(text))])} | summed in {accumulator}";
        try
        {
            foreach (TestText text in profile.Texts.Importance)
            {
                sums.Add(GradientSums.Of(store.Get(KeyOf(text), (path, metadata) =>
                {
                    IReadOnlyList<int[]> documents = texts.Samples(text, ..);
                    GradientSums.Write(path, metadata, model, documents, narrow, cancellation: context.Cancellation);
                    meter.Trained(documents);
                })));
            }

            T result = work(ImportanceMap.Sum([.. sums.Select(s => s.ToMap(model))]));
            foreach (TestText text in profile.Texts.Importance)
                store.Remove(KeyOf(text));
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

    private static IEnumerable<ImportanceShard> ShardsOf(Profile profile, TestText text, SummedTerm term, int part)
    {
        int[] bounds = [0, profile.SmallSample, profile.LargeSample / 2, profile.LargeSample];
        for (int line = bounds[part]; line < bounds[part + 1]; line += profile.ShardSamples)
            yield return new ImportanceShard(text, part, line..Math.Min(line + profile.ShardSamples, bounds[part + 1]), term);
    }

    private ImportanceMap OfText(TestText text, SamplePart samples, ImportanceScore score, RunContext context)
    {
        int[] parts = samples switch
        {
            SamplePart.Small => [0],
            SamplePart.FirstHalf => [0, 1],
            SamplePart.SecondHalf => [2],
            _ => [0, 1, 2],
        };
        return GradientSums.Merge([.. parts.Select(part => Part(text, score.Term(), part, context))]).ToMap(model, score);
    }

    private GradientSums Part(TestText text, SummedTerm term, int part, RunContext context)
    {
        string key = PartKey(text, term, part);
        if (!open.TryGetValue(key, out GradientSums? sums))
            open[key] = sums = GradientSums.Of(store.Get(key, (path, metadata) => WriteSum([.. ShardsOf(profile, text, term, part)], path, metadata, context)));
        return sums;
    }

    // A part of one shard is that shard.
    private string PartKey(TestText text, SummedTerm term, int part) => keys.OfShards([.. ShardsOf(profile, text, term, part)]);

    private static long Cost(SummedTerm term, IReadOnlyList<int[]> documents) => (term.IsOfGradients() ? 3 : 1) * term.Read(documents).Sum(d => d.Length - 1L);

    private void WriteSumOf(ImportanceShard[] shards, string path, IReadOnlyDictionary<string, string> metadata, RunContext context)
    {
        // One shard after the other onto a growing sum, so that a killed run goes on from the last sum.
        int done = Enumerable.Range(1, shards.Length - 1).Last(count => count == 1 || store.Has(keys.OfShards(shards[..count])));
        for (int count = done + 1; count <= shards.Length; count++)
        {
            ImportanceShard[] summed = shards[..(count - 1)];
            ImportanceShard next = shards[count - 1];
            using (GradientSums before = GradientSums.Of(store.Get(keys.OfShards(summed), (p, m) => WriteSum(summed, p, m, context))))
            using (GradientSums added = GradientSums.Of(store.Get(keys.OfShard(next), (p, m) => Write(next, p, m, context))))
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
    private void WriteSum(ImportanceShard[] shards, string path, IReadOnlyDictionary<string, string> metadata, RunContext context)
    {
        if (shards.Length == 1)
            Write(shards[0], path, metadata, context);
        else
            WriteSumOf(shards, path, metadata, context);
    }

    private void Write(ImportanceShard shard, string path, IReadOnlyDictionary<string, string> metadata, RunContext context)
    {
        IReadOnlyList<int[]> documents = texts.Samples(shard.Text, shard.Lines);
        long tokens = Cost(shard.Term, documents);
        long reported = 0;
        GradientSums.Write(
            path,
            metadata,
            model,
            documents,
            pass() with { Term = shard.Term },
            share =>
            {
                long now = (long)(share * tokens);
                context.Progress?.Invoke(now - reported, shard.ToString());
                reported = now;
            },
            context.Cancellation);
        if (shard.Term.IsOfGradients())
            meter.Trained(shard.Term.Read(documents));
        else
            meter.Read(documents);
    }
}
