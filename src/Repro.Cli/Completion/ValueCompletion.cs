using System.CommandLine;
using System.CommandLine.Completions;
using Repro.Engine.Checkpoints;
using Repro.Harness.Goldens;
using Repro.Papers.LinguisticRegions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Cli.Completion;

/// <summary>Values that the Tab key offers for options; any other value that can be read is taken too.</summary>
internal static class ValueCompletion
{
    public static Option<T> WithProfiles<T>(this Option<T> option) => option.With(() => LinguisticRegionsPaper.OfProject.Profiles.Select(p => p.Name));

    public static Option<T> WithDevices<T>(this Option<T> option) => option.With(() => ["cpu", "cuda:0", "cuda:all"]);

    public static Option<T> WithLanguages<T>(this Option<T> option) => option.Called("code").With(() => PaperLanguages.All.Select(l => l.Code));

    public static Option<T> WithShapes<T>(this Option<T> option) => option.With(() => KnownShapes.Names);

    public static Option<T> WithWords<T>(this Option<T> option, params string[] words) => option.With(() => words);

    /// <summary>Claims and tables, one or several after commas.</summary>
    public static Option<T> WithClaims<T>(this Option<T> option) =>
        option.Called("claim").With(() => LinguisticRegionsPaper.OfProject.Tables(PaperProfiles.Tiny).SelectMany(t => t.Claims.Select(c => c.Id).Prepend(t.Id)));

    /// <summary>Names that goldens have.</summary>
    public static Argument<T> WithGoldens<T>(this Argument<T> argument)
    {
        argument.CompletionSources.Add(context => Matching(context, () => GoldenFolder.Names(LinguisticRegionsPaper.OfProject, PaperProfiles.Tiny).Select(n => n.Id)));
        return argument;
    }

    // Help lists an option's values, unless they are too many for a line.
    private static Option<T> Called<T>(this Option<T> option, string value)
    {
        option.HelpName = value;
        return option;
    }

    private static Option<T> With<T>(this Option<T> option, Func<IEnumerable<string>> values)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(context => Matching(context, values));
        return option;
    }

    // What stands before the last comma is chosen already.
    private static IEnumerable<CompletionItem> Matching(CompletionContext context, Func<IEnumerable<string>> values)
    {
        string word = context.WordToComplete;
        string chosen = word[..(word.LastIndexOf(',') + 1)];
        return values().Select(value => chosen + value).Where(value => value.StartsWith(word, StringComparison.Ordinal)).Distinct().Select(value => new CompletionItem(value));
    }
}
