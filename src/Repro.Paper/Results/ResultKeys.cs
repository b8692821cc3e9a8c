using System.Text.Json;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Results;

/// <summary>Names everything a result depends on: weights, texts, condition, readings, seed, device, type and code.</summary>
/// <param name="setup">Checkpoint, device and profile.</param>
/// <param name="texts">The documents.</param>
/// <param name="fingerprint">Hash of the weights in memory.</param>
internal sealed class ResultKeys(Setup setup, TextLibrary texts, string fingerprint)
{
    private readonly string place = $"code {CodeVersion.Current} | weights {fingerprint} | device {setup.Device}";
    private readonly Dictionary<string, string> hashes = [];

    private Profile Profile => setup.Profile;

    /// <summary>The key of a measurement.</summary>
    public string Of(Condition condition, Language language)
    {
        string readings = condition.DependsOnImportance ? Readings() : $"norms {Profile.Norms} seed {Profile.Seed}";
        string training = condition is FurtherTrained { Plan: { } plan } ? $" | training {Training(plan)}" : "";
        return $"{place} | {readings}{condition.OtherReadings(Profile)}{training} | {condition.Id} | text {Hash($"test {language.Key}", () => texts.Test(language))}";
    }

    /// <summary>The key of any other result.</summary>
    public string Of(string kind, string name) => $"{place} | {Readings()} | texts {TestTexts()} | {kind} {name}";

    private string Readings() =>
        $"importance {Profile.Reading} samples {Profile.Samples} norms {Profile.Norms} sizes {Profile.SmallSample}/{Profile.LargeSample} "
        + $"batch {Profile.MicroBatch} seed {Profile.Seed} text {string.Join(' ', PaperLanguages.Region.Select(SampleHash))}";

    private string SampleHash(Language language) => Hash($"samples {language.Code}", () => texts.Samples(language.Code, ..));

    private string TestTexts() => string.Join(' ', PaperLanguages.All.Select(l => Hash($"test {l.Key}", () => texts.Test(l))));

    private string Training(TrainingPlan plan)
    {
        IReadOnlyList<int[]> documents = TrainingBench.Documents(texts, plan);
        return $"{JsonSerializer.Serialize(Profile.Training.Settings(documents.Count, plan.LearningRate, Profile.Seed))} text {TextLibrary.HashOf(documents)}";
    }

    private string Hash(string name, Func<IReadOnlyList<int[]>> documents) =>
        hashes.TryGetValue(name, out string? known) ? known : hashes[name] = TextLibrary.HashOf(documents());
}
