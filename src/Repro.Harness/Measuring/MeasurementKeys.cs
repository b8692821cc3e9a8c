using System.Text.Json;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;
using Repro.Harness.Store;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>Names everything a result depends on: weights, texts, condition, readings, seed, device, type and code.</summary>
/// <param name="configuration">Checkpoint, device and profile.</param>
/// <param name="texts">The documents.</param>
/// <param name="config">The model's shape and constants, which no weight shows.</param>
/// <param name="fingerprint">Hash of the weights in memory.</param>
internal sealed class MeasurementKeys(RunConfiguration configuration, DocumentSource texts, LlamaConfig config, string fingerprint)
{
    private readonly string place = $"code {CodeVersion.Current} | model {JsonSerializer.Serialize(config)} | weights {fingerprint} | device {configuration.Device}";
    private readonly Dictionary<string, string> hashes = [];

    private Profile Profile => configuration.Profile;

    /// <summary>The key of a measurement.</summary>
    public string Of(Condition condition, TestText text)
    {
        Condition state = condition.State;
        string documents = Hash($"test {text.Key} share {condition.RandomDraw % Profile.Shares.Count}", () => texts.Test(text, condition));
        return $"{place} | {CodeOf(state)} | {Under(state.Readings)}{From(state.Regions)} | {state.KeyUnder(Profile, texts)} | {state.Id} | text {documents}";
    }

    /// <summary>The key of a shard's sums.</summary>
    public string OfShard(ImportanceShard shard) => OfShards([shard]);

    /// <summary>The key of the sum over shards of one term, in their order.</summary>
    public string OfShards(IReadOnlyList<ImportanceShard> shards) =>
        $"{place} | {SumsOf(shards[0].Term)} batch {Profile.MicroBatch} | texts {string.Join(' ', shards.Select(s => Hash($"{s} {Profile.Samples}", () => texts.Samples(s.Text, s.Lines))))}";

    /// <summary>The key of a region that importance selects.</summary>
    public string OfRegion(RegionSpec region) => $"{place} | {Under(Reading.OfImportance)}{From([region])} | shards of {Profile.ShardSamples} | region {region.Id}";

    /// <summary>The key of a training run, whatever is measured on its way.</summary>
    public string OfTraining(TrainedCondition run) => $"{place} | {CodeOf(run)} | {Under(run.Readings)}{From(run.Regions)} | {run.KeyUnder(Profile, texts)} | run {run.Run}";

    /// <summary>The key of how far a training run has moved the weights.</summary>
    public string Of(Displacement displacement) =>
        $"{OfTraining(displacement.Stop)} | {Under(displacement.Regions.SelectMany(r => r.Readings).Distinct())} | quantity {displacement.Id}";

    /// <summary>The key of any other result, made by some code.</summary>
    /// <param name="maker">What makes it.</param>
    /// <param name="kind">What kind of result.</param>
    /// <param name="name">Its name.</param>
    public string Of(Delegate maker, string kind, string name) =>
        $"{place} | code {maker.Method.Module.ModuleVersionId} | {Under(Reading.OfImportance)} | training {JsonSerializer.Serialize(Profile.Training)} | texts {TestTexts()} | {kind} {name}";

    // Only gradients are read in two ways.
    private string SumsOf(SummedTerm term) => term == SummedTerm.Gradient ? $"gradient sums {Profile.Importance}" : $"sums of {term}";

    // Conditions are a paper's, whose code decides what they do.
    private static string CodeOf(Condition condition) => $"code {condition.GetType().Module.ModuleVersionId}";

    // Readings of importance stand for the text it is taken from too.
    private string Under(IEnumerable<Reading> readings)
    {
        Reading[] all = [.. readings];
        string described = $"{Profile.Readings.Describe(all)} seed {Profile.Seed}";
        return all.Contains(Reading.Importance)
            ? $"{described} sizes {Profile.SmallSample}/{Profile.LargeSample} batch {Profile.MicroBatch} text {string.Join(' ', Profile.Texts.Importance.Select(SampleHash))}"
            : described;
    }

    // A control's texts are no part of the readings.
    private string From(IEnumerable<RegionSpec> regions) => string.Concat(RegionSpec.OfControls(regions).Select(t => $" from {SampleHash(t)}"));

    private string SampleHash(TestText text) => Hash($"samples {text.Key}", () => texts.Samples(text, ..));

    private string TestTexts() => string.Join(' ', Profile.Texts.Test.Select(TestHash));

    private string TestHash(TestText text) => Hash($"test {text.Key}", () => texts.Test(text));

    private string Hash(string name, Func<IReadOnlyList<int[]>> documents) =>
        hashes.TryGetValue(name, out string? known) ? known : hashes[name] = DocumentSource.HashOf(documents());
}
