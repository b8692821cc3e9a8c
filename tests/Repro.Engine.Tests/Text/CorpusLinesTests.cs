using System.Text;
using Repro.Engine.Files;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

public sealed class CorpusLinesTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void Blank_lines_ends_of_line_and_a_byte_order_mark_are_left_out()
    {
        string path = folder.Write("a.txt", "\uFEFF one\r\n\r\n  \t\ntwo words \nthree");
        Corpus.ReadLines(path).Should().Equal("one", "two words", "three");
    }

    [Test]
    public void An_empty_file_has_no_lines() => Corpus.ReadLines(folder.Write("a.txt", "")).Should().BeEmpty();

    [Test]
    public void Text_that_is_not_utf8_is_refused_with_file_and_byte()
    {
        string path = folder.Write("a.txt", [.. "abc"u8, 0xE9, (byte)'\n']);
        FluentActions.Invoking(() => Corpus.ReadLines(path)).Should().Throw<InputException>().WithMessage($"{path}*byte 3*");
    }

    [Test]
    public void UTF16_that_is_UTF8_too_is_refused_by_its_NULs()
    {
        string path = folder.Write("a.txt", Encoding.Unicode.GetBytes("The kettle is on.\n"));
        FluentActions.Invoking(() => Corpus.ReadLines(path)).Should().Throw<InputException>()
            .WithMessage($"{path} is not UTF-8 text (character 1 is NUL*");
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        string path = folder.File("gone.txt");
        FluentActions.Invoking(() => Corpus.ReadLines(path)).Should().Throw<InputException>().WithMessage($"{path}*");
    }

    [Test]
    public void Latin1_text_of_a_language_is_refused_when_it_is_read()
    {
        string path = folder.Write("fr.txt", Encoding.Latin1.GetBytes("déjà vu\n"));
        Corpus corpus = Corpus.Open(folder.Path);
        FluentActions.Invoking(() => corpus.Lines("fr", Split.Train)).Should().Throw<InputException>().WithMessage($"{path}*UTF-8*");
    }
}
