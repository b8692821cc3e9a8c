using Repro.Report.Html;

namespace Repro.Report.Tests;

/// <summary>Encoding of what comes from outside.</summary>
public sealed class MarkupTests
{
    [TestCase("<script>", "&lt;script&gt;")]
    [TestCase("\" onload=\"x", "&quot; onload=&quot;x")]
    [TestCase("a\u0000b", "a\uFFFDb", Description = "A control character can't be in a page")]
    public void Text_becomes_text(string text, string encoded) => Markup.Of($"<p>{text}</p>").ToString().Should().Be($"<p>{encoded}</p>");

    [Test]
    public void Half_a_character_becomes_the_sign_for_what_could_not_be_read() => Markup.Of($"{"a\ud83db"}").ToString().Should().Be("a\uFFFDb");

    [Test]
    public void Pieces_stay_markup() => Markup.Of($"<ul>{new[] { "a", "<b>" }.Select(t => Markup.Of($"<li>{t}</li>"))}</ul>").ToString().Should().Be("<ul><li>a</li><li>&lt;b&gt;</li></ul>");

    [TestCase("a b", "a_b")]
    [TestCase("a-b", "a.b")]
    [TestCase("a\"b", "a'b")]
    public void Different_names_have_different_anchors(string one, string other) => Anchors.Claim(one).Should().NotBe(Anchors.Claim(other)).And.MatchRegex("^[A-Za-z0-9:_-]+$");
}
