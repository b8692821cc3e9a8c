using Repro.Engine.Files;
using Repro.Harness.Atlases;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;
using Repro.Harness.Verification;

namespace Repro.Harness.Tests.Atlases;

/// <summary>The tiny checkpoint on texts that a test writes: two with regions, one that is only measured, one with too little.</summary>
public sealed class AtlasRunTests
{
    private static readonly GroupedText[] Known = [new(new TestText("aa", "First"), new Dictionary<string, string> { ["family"] = "one" })];

    [Test]
    public void Two_languages_of_a_corpus_make_an_atlas()
    {
        using WrittenCorpus corpus = new WrittenCorpus().Add("aa", 30, 10, skip: 600).Add("bb", 24, 10, skip: 700).Add("cc", 3, 10, skip: 800).Add("dd", 30, 1, skip: 900);
        List<RunProgress> heard = [];
        Atlas atlas = Run(corpus, [], heard.Add);
        atlas.Languages.Select(l => (l.Code, l.Name, l.HasRegion)).Should().BeEquivalentTo(new[] { ("aa", "First", true), ("bb", "bb", true), ("cc", "cc", false) });
        atlas.Languages.Select(l => l.Code).Should().Equal(atlas.Tree.Leaves());
        atlas.LeftOut.Should().Equal("dd: fewer than 2 test lines");
        FigureSeries[] rows = [.. atlas.Increases.Panels.Single().Series];
        rows.Select(r => r.Name).Should().BeEquivalentTo("First", "bb");
        rows.Should().OnlyContain(r => r.Points.Count == 3);
        foreach (Estimate increase in rows.SelectMany(r => r.Points).Select(p => p.Increase!))
            increase.Value.Should().BeInRange(increase.Low, increase.High);
        atlas.Overlaps.Should().ContainSingle().Which.Jaccard.Value.Should().BeInRange(atlas.OverlapByChance, 1, "texts of the same words have more in common than chance");
        atlas.Doses.Panels.Should().HaveCount(2);
        heard[^1].Done.Should().Be(heard[^1].Total);
    }

    [Test]
    public void Profiles_count_every_weight_of_a_region_once()
    {
        using WrittenCorpus corpus = new WrittenCorpus().Add("aa", 30, 4, skip: 0).Add("bb", 30, 4, skip: 100);
        Atlas atlas = Run(corpus, [], _ => { });
        foreach (AtlasProfile profile in atlas.Profiles)
        {
            // The four blocks have as many weights each.
            profile.Layers.Average().Should().BeApproximately(profile.Share, 1e-12);
            profile.Heads.Should().HaveCount(4).And.OnlyContain(heads => heads.Count == 4);
            double attention = new[] { "Query", "Key", "Value", "AttentionOutput" }.Average(kind => profile.Matrices[kind]);
            profile.Heads.SelectMany(h => h).Average().Should().BeApproximately(attention, 1e-12);
        }
    }

    [Test]
    public void Named_languages_alone_have_regions()
    {
        using WrittenCorpus corpus = new WrittenCorpus().Add("aa", 30, 4, skip: 0).Add("bb", 30, 4, skip: 100).Add("cc", 30, 4, skip: 200);
        Run(corpus, ["aa", "cc"], _ => { }).Profiles.Select(p => p.Code).Should().BeEquivalentTo("aa", "cc");
    }

    [Test]
    public void What_can_not_be_mapped_is_refused_in_a_sentence()
    {
        using WrittenCorpus corpus = new WrittenCorpus().Add("aa", 30, 4, skip: 0).Add("bb", 3, 4, skip: 100);
        MustRefuse(corpus, [], "An atlas needs two languages with 2 or more test lines and 20 or more training lines, and * has 1;*");
        MustRefuse(corpus, ["aa", "ru"], "*has no language 'ru'; it has aa, bb.");
        corpus.Add("cc", 30, 4, skip: 200);
        MustRefuse(corpus, ["aa", "bb", "cc"], "'bb' has 3 training lines and 4 test lines in *; a region needs 20 and 2.");
    }

    private static void MustRefuse(WrittenCorpus corpus, string[] languages, string message) =>
        FluentActions.Invoking(() => Run(corpus, languages, _ => { })).Should().Throw<InputException>().WithMessage(message);

    private static Atlas Run(WrittenCorpus corpus, string[] languages, Action<RunProgress> progress)
    {
        RunConfiguration configuration = new()
        {
            Profile = HandMadeProfile.Small with { LargeSample = 24 },
            Checkpoint = Path.Combine(Project.Folder, "fixtures", "tiny"),
            Corpus = corpus.Path,
            IsProfileOwn = false,
        };
        return AtlasRun.Execute("tiny", configuration, Known, languages, new RunObserver(progress), CancellationToken.None);
    }
}
