using Repro.Engine.Files;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

public sealed class CorpusTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    // SHA-256("abc") begins ba7816bf, which is 19 modulo 20; the others were taken with Python's hashlib.
    [TestCase("abc", Split.Train)]
    [TestCase("Привет, мир.", Split.Train)]
    [TestCase("f", Split.Test)]
    [TestCase("l", Split.Test)]
    [TestCase("line 27", Split.Test)]
    public void A_line_of_a_flat_file_is_test_where_its_hash_is_a_multiple_of_20(string line, Split expected) =>
        Corpus.SplitOf(line).Should().Be(expected);

    [Test]
    public void A_flat_file_is_split_by_line()
    {
        folder.Write("ru.txt", "abc\nf\nd\nline 27\n");
        Corpus corpus = Corpus.Open(folder.Path);
        corpus.Lines("ru", Split.Train).Should().Equal("abc", "d");
        corpus.Lines("ru", Split.Test).Should().Equal("f", "line 27");
    }

    [Test]
    public void About_one_line_in_twenty_is_test()
    {
        folder.Write("ru.txt", string.Join('\n', Enumerable.Range(0, 4000).Select(i => $"sentence {i}")));

        // Binomial(4000, 1/20) has the standard deviation 13.8; four of those.
        Corpus.Open(folder.Path).Lines("ru", Split.Test).Count.Should().BeInRange(145, 255);
    }

    [Test]
    public void Train_and_test_files_are_taken_as_they_are()
    {
        folder.Write("ru/train.txt", "f\nl\n");
        folder.Write("ru/test.txt", "abc\n");
        Corpus corpus = Corpus.Open(folder.Path);
        corpus.Lines("ru", Split.Train).Should().Equal("f", "l");
        corpus.Lines("ru", Split.Test).Should().Equal("abc");
    }

    [Test]
    public void Test_lines_that_stand_among_the_training_lines_are_found()
    {
        folder.Write("ru/train.txt", "one\ntwo\nthree\n");
        folder.Write("ru/test.txt", "two\nTwo\n  three \nfour\n");
        folder.Write("uk.txt", "abc\nf\nabc\nf\n");
        folder.Write("vi.txt", "abc\nf\n");
        folder.Write("vi/test.txt", "abc\nf\n");
        Corpus corpus = Corpus.Open(folder.Path);
        corpus.SharedLines("ru").Should().Equal(["two", "three"], "lines are trimmed, and nothing else is done to them");
        corpus.SharedLines("uk").Should().BeEmpty();
        corpus.SharedLines("vi").Should().Equal("abc");
        corpus.SharedLines("ar").Should().BeEmpty();
    }

    [Test]
    public void A_language_may_have_both_layouts()
    {
        folder.Write("ru.txt", "abc\nf\n");
        folder.Write("ru/test.txt", "d\n");
        Corpus corpus = Corpus.Open(folder.Path);
        corpus.Languages.Should().Equal("ru");
        corpus.Lines("ru", Split.Test).Should().Equal("f", "d");
        corpus.Lines("ru", Split.Train).Should().Equal("abc");
    }

    [Test]
    public void Languages_are_two_letter_codes_in_ordinal_order()
    {
        folder.Write("vi.txt", "abc");
        folder.Write("ar/test.txt", "abc");
        folder.Write("ko/train.txt", "abc");
        folder.Write("no/notes.txt", "abc");
        folder.Write("README.txt", "abc");
        folder.Write("EN.txt", "abc");
        folder.Write("x1.txt", "abc");
        folder.Write("de.md", "abc");
        Corpus.Open(folder.Path).Languages.Should().Equal("ar", "en", "ko", "vi");
    }

    [Test]
    public void A_part_that_is_not_there_has_no_lines()
    {
        folder.Write("ru/test.txt", "abc\n");
        Corpus corpus = Corpus.Open(folder.Path);
        corpus.Lines("ru", Split.Train).Should().BeEmpty();
        corpus.Lines("fr", Split.Test).Should().BeEmpty();
    }

    [Test]
    public void A_missing_folder_is_named() =>
        FluentActions.Invoking(() => Corpus.Open(folder.File("gone"))).Should().Throw<InputException>()
            .WithMessage($"*{folder.File("gone")}*");

    [Test]
    public void A_folder_without_a_language_is_named()
    {
        folder.Write("README.txt", "abc");
        FluentActions.Invoking(() => Corpus.Open(folder.Path)).Should().Throw<InputException>().WithMessage($"*{folder.Path}*named by a language's code*");
    }

    [Test]
    public void An_empty_folder_is_refused() =>
        FluentActions.Invoking(() => Corpus.Open(folder.Path)).Should().Throw<InputException>();

    [Test]
    public void A_longer_name_of_a_language_is_read_under_its_code_and_said()
    {
        folder.Write("zh-CN.txt", "abc\n");
        folder.Write("pt_BR/test.txt", "f\n");
        folder.Write("RU.txt", "d\n");
        folder.Write("swh/test.txt", "l\n");
        folder.Write("deu_Latn.txt", "abc\n");
        folder.Write("yue/test.txt", "l\n");
        folder.Write("notes.txt", "l\n");
        Corpus corpus = Corpus.Open(folder.Path);
        corpus.Languages.Should().Equal("de", "pt", "ru", "zh");
        corpus.Lines("zh", Split.Train).Should().Equal("abc");
        corpus.Lines("pt", Split.Test).Should().Equal("f");
        corpus.LeftOut.Should().Equal("swh", "yue");
        corpus.Note.Should().Be($"{folder.Path}: deu_Latn is read as de; pt_BR is read as pt; RU is read as ru; zh-CN is read as zh; left out, for they have no two-letter code: swh, yue");
        corpus.SharedLines("pt").Should().BeEmpty();
    }

    [Test]
    public void Two_names_of_one_language_are_refused()
    {
        folder.Write("zh.txt", "abc\n");
        folder.Write("zho_Hans/test.txt", "f\n");
        FluentActions.Invoking(() => Corpus.Open(folder.Path)).Should().Throw<InputException>().WithMessage("*both 'zh' and 'zho_Hans', which are one language (zh)*");
    }

    [Test]
    public void A_corpus_of_codes_has_nothing_to_say_and_a_text_of_no_language_is_not_named()
    {
        folder.Write("ru.txt", "abc\n");
        folder.Write("ru/train.txt", "d\n");
        folder.Write("code/test.txt", "l\n");
        Corpus.Open(folder.Path).Note.Should().BeNull();
    }
}
