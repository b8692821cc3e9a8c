using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

public sealed class CorpusHashTests
{
    [Test]
    public void The_hash_is_the_same_for_both_layouts() =>
        Hash(("ru.txt", "abc\nf\nd\n")).Should().Be(Hash(("ru/train.txt", "abc\nd\n"), ("ru/test.txt", "\r\nf")));

    [Test]
    public void The_hash_depends_on_text_language_order_and_part()
    {
        string[] hashes =
        [
            Hash(("ru/test.txt", "abc\nd\n")),
            Hash(("ru/test.txt", "abc\ne\n")),
            Hash(("ru/test.txt", "d\nabc\n")),
            Hash(("ru/test.txt", "abcd\n")),
            Hash(("ru/train.txt", "abc\nd\n")),
            Hash(("uk/test.txt", "abc\nd\n")),
            Hash(("ru/test.txt", "abc\n"), ("uk/test.txt", "d\n")),
        ];
        hashes.Should().OnlyHaveUniqueItems().And.AllSatisfy(h => h.Should().MatchRegex("^[0-9a-f]{64}$"));
    }

    [Test]
    public void The_hash_of_one_part_ignores_the_other()
    {
        Hash(Split.Test, ("ru/test.txt", "abc\n"), ("ru/train.txt", "d\n"), ("fr/train.txt", "e\n"))
            .Should().Be(Hash(Split.Test, ("ru/test.txt", "abc\n")));
        Hash(Split.Train, ("ru/test.txt", "abc\n"), ("ru/train.txt", "d\n"))
            .Should().NotBe(Hash(Split.Train, ("ru/test.txt", "abc\n"), ("ru/train.txt", "e\n")));
    }

    private static string Hash(params (string Name, string Text)[] files) => Hash(null, files);

    private static string Hash(Split? only, params (string Name, string Text)[] files)
    {
        using TemporaryFolder folder = new();
        foreach ((string name, string text) in files)
            folder.Write(name, text);
        return Corpus.Open(folder.Path).Hash(only);
    }
}
