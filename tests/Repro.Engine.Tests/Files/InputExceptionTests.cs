using Repro.Engine.Files;

namespace Repro.Engine.Tests.Files;

/// <summary>A message may cite what a file holds, and is one line on a terminal all the same.</summary>
public sealed class InputExceptionTests
{
    [TestCase("a\nb", @"a\u000ab")]
    [TestCase("a\u001b[31mb", @"a\u001b[31mb")]
    [TestCase("a\u2028b\u202eb", @"a\u2028b\u202eb")]
    [TestCase("é 水 👍", "é 水 👍")]
    public void Signs_that_act_on_a_terminal_are_written_out(string cited, string shown) =>
        new InputException($"config.json: '{cited}' is bad.").Message.Should().Be($"config.json: '{shown}' is bad.");

    [Test]
    public void Half_a_surrogate_pair_becomes_a_replacement_character() => new InputException("'\ud800' is bad.").Message.Should().Be("'\ufffd' is bad.");

    [Test]
    public void A_long_citation_is_cut_in_its_middle()
    {
        string message = new InputException($"config.json: '{new string('x', 20_000)}' is bad; restore it.").Message;
        message.Should().HaveLength(1_003).And.StartWith("config.json: 'xxx").And.Contain("x … x").And.EndWith("xxx' is bad; restore it.");
    }
}
