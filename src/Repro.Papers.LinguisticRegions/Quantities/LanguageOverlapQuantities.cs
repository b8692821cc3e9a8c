using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Languages;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>
/// Section 3.4: how much the 1 % Top regions of the six languages share before Eq. 5 takes it off, and whether they differ by more than two samples of one
/// language do. Overlaps are Jaccard's, bootstrapped over tensors.
/// </summary>
internal static class LanguageOverlapQuantities
{
    private const double Ratio = 0.01;

    /// <summary>Every two of the six languages.</summary>
    public static IReadOnlyList<(Language First, Language Second)> Pairs { get; } =
    [
        .. PaperLanguages.Region.SelectMany((first, i) => PaperLanguages.Region.Skip(i + 1).Select(second => (first, second))),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        .. Pairs.Select(pair => new Quantity(Shared(pair.First, pair.Second), "Jaccard overlap of two languages' 1 % Top regions", 0.02, (session, _) => MeasureShared(session, pair.First, pair.Second)) { Samples = [pair.First, pair.Second] }),
        .. PaperLanguages.Region.Select(language => new Quantity(
            OwnBeyondOthers(language),
            "Jaccard overlap of the 1 % Top regions from two halves of the sample, less the largest of the first half's with another language's second half's",
            0.02,
            (session, _) => MeasureOwn(session, language))
        {
            Samples = [language],
        }),
    ];

    /// <summary>The Jaccard overlap of two random regions of this size: r / (2 − r).</summary>
    public static double Chance => Ratio / (2 - Ratio);

    /// <summary>Key of two languages' overlap.</summary>
    public static string Shared(Language first, Language second) => $"overlap {first.Code} {second.Code} top 1%";

    /// <summary>Key of how much more alike a language's own halves are.</summary>
    public static string OwnBeyondOthers(Language language) => $"overlap of halves {language.Code} beyond others top 1%";

    /// <summary>How much more a language's halves share than the first of them shares with the half of another language that is nearest.</summary>
    /// <param name="own">The two halves, tensor by tensor.</param>
    /// <param name="others">The first half with each other language's second half, in the same tensors.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    internal static Resampled Beyond(Overlap[] own, IReadOnlyList<Overlap[]> others, ulong seed) =>
        Resampled.Over(own.Length, choice => Jaccard(own, choice) - others.Max(other => Jaccard(other, choice)), seed);

    private static Resampled MeasureShared(ModelSession session, Language first, Language second)
    {
        Overlap[] tensors = Overlaps(session)[Key(first, SamplePart.Large, second, SamplePart.Large)];
        return Resampled.Over(tensors.Length, choice => Jaccard(tensors, choice), SplitMix.Derive(session.Profile.Seed, Shared(first, second)));
    }

    private static Resampled MeasureOwn(ModelSession session, Language language)
    {
        Dictionary<string, Overlap[]> overlaps = Overlaps(session);
        Overlap[] With(TestText other) => overlaps[Key(language, SamplePart.FirstHalf, other, SamplePart.SecondHalf)];
        return Beyond(With(language), [.. session.Profile.Texts.Importance.Where(l => l != language).Select(With)], SplitMix.Derive(session.Profile.Seed, OwnBeyondOthers(language)));
    }

    private static double Jaccard(Overlap[] tensors, int[] choice)
    {
        long all = choice.Sum(i => tensors[i].All);
        return all == 0 ? 1 : choice.Sum(i => tensors[i].Shared) / (double)all;
    }

    private static Dictionary<string, Overlap[]> Overlaps(ModelSession session) =>
        session.Result("overlaps of languages", "top 1%", () => new LanguageOverlaps(Count(session))).Tensors;

    // Tensor by tensor: six regions of a 7B model would be 5 GB.
    private static Dictionary<string, Overlap[]> Count(ModelSession session)
    {
        string[] names = [.. RegionSelection.Covered(ParameterSet.Shapes(session.Config), session.Profile.Norms).Select(s => s.Name)];
        IReadOnlyList<TestText> languages = session.Profile.Texts.Importance;
        Dictionary<string, Overlap[]> result = [];
        for (int i = 0; i < names.Length; i++)
        {
            Dictionary<(TestText Language, SamplePart Samples), Bitmask> masks = [];
            foreach (TestText language in languages)
            {
                foreach (SamplePart samples in new[] { SamplePart.Large, SamplePart.FirstHalf, SamplePart.SecondHalf })
                    masks[(language, samples)] = Top(session, language, samples, names[i]);
            }

            void Add(TestText first, SamplePart firstPart, TestText second, SamplePart secondPart)
            {
                string key = Key(first, firstPart, second, secondPart);
                if (!result.TryGetValue(key, out Overlap[]? tensors))
                    result[key] = tensors = new Overlap[names.Length];
                (Bitmask one, Bitmask other) = (masks[(first, firstPart)], masks[(second, secondPart)]);
                tensors[i] = new Overlap(one.Intersect(other).Count, one.Union(other).Count);
            }

            foreach ((Language first, Language second) in Pairs.Where(p => languages.Contains(p.First) && languages.Contains(p.Second)))
                Add(first, SamplePart.Large, second, SamplePart.Large);
            foreach (TestText first in languages)
            {
                foreach (TestText second in languages)
                    Add(first, SamplePart.FirstHalf, second, SamplePart.SecondHalf);
            }
        }

        return result;
    }

    private static Bitmask Top(ModelSession session, TestText language, SamplePart samples, string tensor)
    {
        using ImportanceMap map = session.Regions.Importance(language, samples);
        using TensorScores scores = TensorScores.Of(map, tensor);
        return scores.Top(Ratio);
    }

    private static string Key(TestText first, SamplePart firstPart, TestText second, SamplePart secondPart) => $"{first.Code} {firstPart}, {second.Code} {secondPart}";

    /// <summary>What two regions have of one tensor.</summary>
    /// <param name="Shared">Weights in both.</param>
    /// <param name="All">Weights in either.</param>
    internal readonly record struct Overlap(long Shared, long All);

    private sealed record LanguageOverlaps(Dictionary<string, Overlap[]> Tensors);
}
