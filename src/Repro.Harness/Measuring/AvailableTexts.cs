using System.Globalization;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>Finds which of a paper's texts a corpus has enough of.</summary>
public static class AvailableTexts
{
    /// <summary>The run on the texts that there are, and what to say of it; null where they are all of the paper's.</summary>
    /// <param name="configuration">The run.</param>
    /// <param name="regionLanguages">Codes of the texts that importance is taken from; empty for all that there are enough of.</param>
    /// <exception cref="InputException">A code is not one of the paper's, or there is too little of it.</exception>
    public static (RunConfiguration Configuration, string? Note) Of(RunConfiguration configuration, IReadOnlyList<string> regionLanguages)
    {
        TextSet whole = configuration.Profile.Texts;
        if (regionLanguages.FirstOrDefault(code => whole.Importance.All(t => t.Code != code)) is { } unknown)
            throw new InputException($"No region of '{unknown}' is claimed about; the claims are about {string.Join(", ", whole.Importance.Select(t => t.Code))}, and 'repro atlas' takes any language.");
        DocumentSource source = new(configuration.Profile, configuration.Corpus, configuration.FurtherCorpus, configuration.Checkpoint, Checkpoint.ReadConfig(configuration.Checkpoint));
        if (whole.Importance.FirstOrDefault(t => regionLanguages.Contains(t.Code) && !source.CoversSample(t)) is { } few)
            throw new InputException($"{configuration.Corpus} has {source.SampleCount(few)} training lines of {few.Name}, and a region takes {configuration.Profile.LargeSample}; add lines, or take fewer with --samples.");
        TextSet found = whole.Only(
            text => source.Test(text).Count > 1 && (!text.Further || source.Further(text.Code).Count >= configuration.Profile.FurtherDocuments(text.Code)),
            text => source.CoversSample(text) && (regionLanguages.Count == 0 || regionLanguages.Contains(text.Code)));
        return found.IsWhole
            ? (configuration, null)
            : (configuration with { Profile = configuration.Profile with { Texts = found }, IsProfileOwn = false }, Note(found, whole));
    }

    private static string Note(TextSet found, TextSet whole) => string.Create(
        CultureInfo.InvariantCulture,
        $"claims are decided on {found.Test.Count} of {whole.Test.Count} languages, with regions of {found.Importance.Count} of {whole.Importance.Count} and {whole.Further.Count(f => !found.Lacks(f.Text))} of {whole.Further.Count} texts for further training; lacking: {string.Join(", ", found.Lacking.Concat(found.Unlocated).Select(t => t.Name).Distinct())}");
}
