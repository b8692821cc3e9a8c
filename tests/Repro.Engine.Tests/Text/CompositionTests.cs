using FsCheck.Fluent;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text.Unicode;

namespace Repro.Engine.Tests.Text;

/// <summary>Normalisation form C; the examples are those of Unicode Standard Annex 15 and of scripts in the corpora.</summary>
public sealed class CompositionTests
{
    private static readonly string[] Parts = ["a", "e", "q", "\u0301", "\u0323", "\u0307", "\u0302", "\u0345", "ậ", "ᄒ", "ᅡ", "ᆫ", "한", "하", "ெ", "ா", "\u0958", "\u0915", "\u093c", "Å", "中"];

    [TestCase("e\u0301", "é")]
    [TestCase("\u212b", "Å")]
    [TestCase("\u2126", "Ω")]
    [TestCase("\u1e0b\u0323", "\u1e0d\u0307", TestName = "Marks are ordered before they compose")]
    [TestCase("q\u0307\u0323", "q\u0323\u0307", TestName = "Marks are ordered where nothing composes")]
    [TestCase("Vie\u0323\u0302t", "Việt")]
    [TestCase("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국")]
    [TestCase("\u1112\u1161", "하")]
    [TestCase("하\u11ab", "한")]
    [TestCase("\u11ab하", "\u11ab하")]
    [TestCase("\u0bc6\u0bbe", "\u0bca")]
    [TestCase("\u0d46\u0d3e", "\u0d4a")]
    [TestCase("\u0958", "\u0915\u093c", TestName = "What is excluded from composition is taken apart")]
    [TestCase("\ufb1d", "\u05d9\u05b4")]
    [TestCase("\uf900", "\u8c48")]
    [TestCase("a\u0315\u0300\u05ae\u0300b", "\u00e0\u05ae\u0300\u0315b", TestName = "A mark behind one of its class does not compose")]
    [TestCase("\U0001D15E", "\U0001D157\U0001D165")]
    [TestCase("\ufb01", "\ufb01", TestName = "A compatibility ligature stays")]
    [TestCase("plain", "plain")]
    [TestCase("", "")]
    public void Text_is_composed(string text, string composed) => Composition.Compose(text).Should().Be(composed);

    [Test]
    public void A_cluster_as_long_as_a_file_is_ordered_in_time()
    {
        const int Marks = 200_000;
        string text = "q" + new string('\u0307', Marks) + new string('\u0323', Marks);
        Task<string> composing = Task.Run(() => Composition.Compose(text));
        composing.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue("time must not grow with the square of the length");
        composing.Result.Should().Be("q" + new string('\u0323', Marks) + new string('\u0307', Marks));
    }

    [Test]
    public void Composing_again_changes_nothing() => Gen.Elements(Parts).ArrayOf().Select(string.Concat).ToArbitrary()
        .Hold(text => Composition.Compose(Composition.Compose(text)) == Composition.Compose(text));
}
