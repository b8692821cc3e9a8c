using System.Globalization;
using Repro.Engine.Importance;
using Repro.Harness.Readings;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>How a region is chosen.</summary>
public enum RegionKind
{
    /// <summary>The most important weights.</summary>
    Top,

    /// <summary>The least important weights.</summary>
    Bottom,

    /// <summary>Weights drawn at random.</summary>
    Random,
}

/// <summary>Which part of the sample importance is taken from.</summary>
public enum SamplePart
{
    /// <summary>The small sample, a prefix of the large one.</summary>
    Small,

    /// <summary>The large sample.</summary>
    Large,

    /// <summary>The first half of the large sample.</summary>
    FirstHalf,

    /// <summary>The second half of the large sample.</summary>
    SecondHalf,
}

/// <summary>A region of a model by how it is selected: k = int(ratio · numel) weights of each tensor.</summary>
/// <param name="Kind">How it is chosen.</param>
/// <param name="Ratio">Share of each tensor.</param>
/// <param name="Samples">The part of the sample importance is taken from.</param>
/// <param name="Own">Code of the text whose region it is, less those of the other texts (Eq. 5), or whose region a random one is as large as; null for the importance of all together.</param>
/// <param name="Draw">Which random draw.</param>
/// <param name="Score">What weights are ranked by: importance, or a baseline.</param>
public sealed record RegionSpec(
    RegionKind Kind, double Ratio, SamplePart Samples = SamplePart.Large, string? Own = null, int Draw = 0, ImportanceScore Score = ImportanceScore.FirstOrder)
{
    /// <summary>A control's texts, which the importance of all together is taken from; null for the paper's.</summary>
    public SourceTexts? Source { get; init; }

    /// <summary>A short unique name: a key, and the name that a random region's seed is derived from.</summary>
    public string Id
    {
        get
        {
            string percent = string.Create(CultureInfo.InvariantCulture, $"{Ratio * 100:0.##}%");
            string score = Score == ImportanceScore.FirstOrder ? "" : $" by {Word(Score)}";
            return Kind == RegionKind.Random ? $"random {percent} draw {Draw}{(Own is null ? "" : $" as large as {Own}")}" : $"{Word(Kind)} {percent} {Own ?? Source?.Id ?? "core"} {Word(Samples)}{score}";
        }
    }

    /// <summary>The region in a table's words: <c>Top 3 %</c>.</summary>
    public string Label
    {
        get
        {
            string percent = string.Create(CultureInfo.InvariantCulture, $"{Kind} {Ratio * 100:0.##} %");
            string score = Score switch
            {
                ImportanceScore.FirstOrder => "",
                ImportanceScore.Magnitude or ImportanceScore.Gradient => $" by {Word(Score)} alone",
                _ => $" by {Score}",
            };
            string own = Own is null ? Source is null ? "" : $" of {Source.Words}" : IsRandom ? $" as large as that of {Own}" : $" of {Own}";
            return percent + own + score + (Samples == SamplePart.Small ? ", small sample" : "");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    /// <summary>Whether it is drawn at random, so that importance does not decide it.</summary>
    public bool IsRandom => Kind == RegionKind.Random;

    /// <summary>Whether it is a difference of regions, whose sizes importance decides too.</summary>
    public bool IsDifference => Own is not null && !IsRandom;

    /// <summary>The region that a random one of a text has the size of, tensor by tensor.</summary>
    public RegionSpec SizedAs => this with { Kind = RegionKind.Top, Draw = 0 };

    /// <summary>
    /// The sums that regions are selected from: the gradients of the paper's texts, of the texts of a control where one of the regions is theirs, and what
    /// another score sums where one of the regions is by it.
    /// </summary>
    /// <param name="texts">All texts.</param>
    /// <param name="regions">The regions.</param>
    public static IEnumerable<SampleSums> Sources(TextSet texts, IEnumerable<RegionSpec> regions)
    {
        RegionSpec[] all = [.. regions];
        IReadOnlyList<TestText> shuffled = all.Any(r => texts.Shuffled.Any(t => t.Code == r.Own)) ? texts.Shuffled : [];
        IEnumerable<SampleSums> others = all.Where(r => r.Score.Term() != SummedTerm.Gradient).GroupBy(r => r.Score.Term()).OrderBy(g => g.Key)
            .SelectMany(byTerm => texts.Importance.Select(text => new SampleSums(text, byTerm.Key, byTerm.All(r => r.Samples == SamplePart.Small))));
        return [.. texts.Importance.Concat(shuffled).Concat(OfControls(all)).Select(text => new SampleSums(text)), .. others];
    }

    /// <summary>The controls' texts that regions' importance is taken from.</summary>
    /// <param name="regions">The regions.</param>
    public static IEnumerable<TestText> OfControls(IEnumerable<RegionSpec> regions) => regions.SelectMany(r => r.Source?.Texts ?? []).Distinct();

    /// <summary>The regions that must be selected for it: itself, and for a random one of a text the region that it is as large as.</summary>
    public IEnumerable<RegionSpec> Needed => IsRandom && Own is not null ? [this, SizedAs] : [this];

    /// <summary>The readings that decide which weights it has.</summary>
    public IEnumerable<Reading> Readings => IsRandom && Own is null ? [Reading.Norms] : Reading.OfImportance;

    /// <summary>Whether there are the texts that it is located with.</summary>
    /// <param name="texts">The texts that there are.</param>
    internal bool IsPossible(TextSet texts) =>
        (IsRandom && Own is null) || (texts.LocatesRegions && (Own is not { } own || texts.Importance.Concat(texts.Shuffled).Any(t => t.Code == own)) && !(Source?.Texts.Any(texts.Lacks) ?? false));

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
