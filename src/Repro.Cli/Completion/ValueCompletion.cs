using System.CommandLine;
using System.CommandLine.Completions;
using Repro.Engine.Checkpoints;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Cli.Completion;

/// <summary>Values that the Tab key offers for options; any other value that can be read is taken too.</summary>
internal static class ValueCompletion
{
    public static Option<T> WithProfiles<T>(this Option<T> option) => option.With(() => PaperProfiles.All.Select(p => p.Name));

    public static Option<T> WithDevices<T>(this Option<T> option) => option.With(() => ["cpu", "cuda:0", "cuda:all"]);

    public static Option<T> WithLanguages<T>(this Option<T> option) => option.With(() => PaperLanguages.All.Select(l => l.Code));

    public static Option<T> WithShapes<T>(this Option<T> option) => option.With(() => KnownShapes.Names);

    public static Option<T> WithWords<T>(this Option<T> option, params string[] words) => option.With(() => words);

    /// <summary>Claims and tables, one or several after commas.</summary>
    public static Option<T> WithClaims<T>(this Option<T> option) =>
        option.With(() => PaperExperiments.Ids.Concat(PaperClaims.Select(PaperProfiles.Tiny, []).Select(c => c.Id)));

    /// <summary>Names that goldens have.</summary>
    public static Argument<T> WithGoldens<T>(this Argument<T> argument)
    {
        argument.CompletionSources.Add(context => Matching(context, () => GoldenFolder.KnownIds));
        return argument;
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
