using System.Text.Json;
using Repro.Engine.Models;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Results;

/// <summary>Names everything a result depends on: weights, texts, condition, readings, seed, device, type and code.</summary>
/// <param name="setup">Checkpoint, device and profile.</param>
/// <param name="texts">The documents.</param>
/// <param name="config">The model's shape and constants, which no weight shows.</param>
/// <param name="fingerprint">Hash of the weights in memory.</param>
internal sealed class ResultKeys(Setup setup, TextLibrary texts, LlamaConfig config, string fingerprint)
{
    private readonly string place = $"code {CodeVersion.Current} | model {JsonSerializer.Serialize(config)} | weights {fingerprint} | device {setup.Device}";
    private readonly Dictionary<string, string> hashes = [];

    private Profile Profile => setup.Profile;

    /// <summary>The key of a measurement.</summary>
    public string Of(Condition condition, Language language)
    {
        string training = condition is FurtherTrained run ? $" | training {Training(run)}" : "";
        return $"{place} | {Readings(condition)}{condition.OtherReadings(Profile)}{training} | {condition.Id} | text {Hash($"test {language.Key}", () => texts.Test(language))}";
    }

    /// <summary>The key of a shard's gradient sums.</summary>
    public string OfShard(ImportanceShard shard) => OfShards([shard]);

    /// <summary>The key of the sum over shards, in their order.</summary>
    public string OfShards(IReadOnlyList<ImportanceShard> shards) =>
        $"{place} | gradient sums {Profile.Reading} batch {Profile.MicroBatch} | texts {string.Join(' ', shards.Select(s => Hash($"{s} {Profile.Samples}", () => texts.Samples(s.Language, s.Lines))))}";

    /// <summary>The key of a region that importance selects.</summary>
    public string OfRegion(RegionRemoval condition) => $"{place} | {Readings()} | shards of {Profile.ShardSamples} | region {condition.Id}";

    /// <summary>The key of a training run, whatever is measured on its way.</summary>
    public string OfTraining(FurtherTrained run) =>
        $"{place} | {Readings(run)} | training {Training(run)} | run {run.Plan.Id} seed {run.Draw}";

    /// <summary>The key of any other result.</summary>
    public string Of(string kind, string name) => $"{place} | {Readings()} | training {JsonSerializer.Serialize(Profile.Training)} | texts {TestTexts()} | {kind} {name}";

    /// <summary>The key of a claim's numbers, which all of the profile and any of the texts may decide.</summary>
    public string OfClaim(string name) =>
        $"{place} | {JsonSerializer.Serialize(Profile)} | {Readings()} | texts {TestTexts()} {FurtherTexts()} | claim {name}";

    private string FurtherTexts() => string.Join(
        ' ',
        new[] { PaperLanguages.FurtherChinese, PaperLanguages.FurtherArabic }.SelectMany(l => new[]
        {
            Hash($"test {l.Key}", () => texts.Test(l)),
            Hash($"further {l.Code}", () => texts.Further(l.Code)),
            Hash($"replay {l.Code}", () => texts.Replay(l.Code, texts.Further(l.Code).Count)),
        }));

    private string Readings(Condition condition) => condition switch
    {
        { DependsOnImportance: true } => Readings(),
        { HasRegion: true } => $"norms {Profile.Norms} seed {Profile.Seed}",
        _ => $"seed {Profile.Seed}",
    };

    private string Readings() =>
        $"importance {Profile.Reading} samples {Profile.Samples} norms {Profile.Norms} sizes {Profile.SmallSample}/{Profile.LargeSample} "
        + $"batch {Profile.MicroBatch} seed {Profile.Seed} text {string.Join(' ', PaperLanguages.Region.Select(SampleHash))}";

    private string SampleHash(Language language) => Hash($"samples {language.Code}", () => texts.Samples(language.Code, ..));

    private string TestTexts() => string.Join(' ', PaperLanguages.All.Select(l => Hash($"test {l.Key}", () => texts.Test(l))));

    private string Training(FurtherTrained run)
    {
        IReadOnlyList<int[]> documents = TrainingBench.Documents(texts, run.Plan);
        return $"{JsonSerializer.Serialize(TrainingBench.Settings(Profile, run, documents.Count))} text {TextLibrary.HashOf(documents)}";
    }

    private string Hash(string name, Func<IReadOnlyList<int[]>> documents) =>
        hashes.TryGetValue(name, out string? known) ? known : hashes[name] = TextLibrary.HashOf(documents());
}
