using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Text;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Atlases;

/// <summary>Which languages of a corpus an atlas shows, and which of them have regions.</summary>
/// <param name="Configuration">The run, whose profile has these texts and as many samples as the shortest of them has.</param>
/// <param name="LeftOut">Languages that were left out, each with the reason.</param>
internal sealed record AtlasTexts(RunConfiguration Configuration, IReadOnlyList<string> LeftOut)
{
    /// <summary>Fewest training lines that a region is located with.</summary>
    public const int LeastSamples = 20;

    /// <summary>Looks through the corpus.</summary>
    /// <param name="configuration">Checkpoint, corpus, device and store.</param>
    /// <param name="known">The texts that the paper knows.</param>
    /// <param name="regionLanguages">The languages whose regions are located; empty for all that have enough lines.</param>
    /// <exception cref="InputException">Fewer than two languages can be measured, or located.</exception>
    public static AtlasTexts Find(RunConfiguration configuration, IReadOnlyList<GroupedText> known, IReadOnlyList<string> regionLanguages)
    {
        Corpus corpus = Corpus.Open(configuration.Corpus);
        if (regionLanguages.FirstOrDefault(l => !corpus.Languages.Contains(l)) is { } unknown)
            throw new InputException($"The corpus {configuration.Corpus} has no language '{unknown}'; it has {string.Join(", ", corpus.Languages)}.");
        TestText[] all = [.. corpus.Languages.Select(code => known.FirstOrDefault(k => k.Text.Code == code)?.Text ?? new TestText(code, code))];
        DocumentSource source = new(configuration.Profile with { Texts = new TextSet(all, all, []) }, configuration.Corpus, null, configuration.Checkpoint, Checkpoint.ReadConfig(configuration.Checkpoint));
        TestText[] tested = [.. all.Where(l => source.Test(l).Count > 1)];
        TestText[] located = [.. tested.Where(l => source.SampleCount(l) >= LeastSamples && (regionLanguages.Count == 0 || regionLanguages.Contains(l.Code)))];
        if (tested.Length < 2 || located.Length < 2)
            throw new InputException($"An atlas needs two languages with 2 or more test lines and {LeastSamples} or more training lines, and {configuration.Corpus} has {located.Length}; add <language>/train.txt and <language>/test.txt.");
        if (regionLanguages.FirstOrDefault(l => located.All(t => t.Code != l)) is { } few)
            throw new InputException($"'{few}' has {source.SampleCount(all.Single(l => l.Code == few))} training lines and {source.Test(all.Single(l => l.Code == few)).Count} test lines in {configuration.Corpus}; a region needs {LeastSamples} and 2.");
        int samples = located.Min(source.SampleCount);
        Profile profile = configuration.Profile with { Texts = new TextSet(located, tested, []), LargeSample = samples, SmallSample = Math.Max(1, samples / 10) };
        return new AtlasTexts(
            configuration with { Profile = profile, FurtherCorpus = null, IsProfileOwn = false },
            [.. all.Except(tested).Select(l => $"{l.Name}: fewer than 2 test lines")]);
    }
}
