using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Texts;

/// <summary>A corpus whose test lines stand among its training lines is named, in one line.</summary>
public sealed class SharedLinesTests
{
    private static readonly TextSet Texts = new([], [new TestText("ru", "Russian"), new TestText("uk", "Ukrainian"), new TestText("vi", "Vietnamese")], [new FurtherText(new TestText("ru", "Russian (further)", Further: true), 1)]);

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create()
    {
        folder = new TemporaryFolder();
        foreach (string place in new[] { "main/ru", "main/uk", "further/ru" })
        {
            folder.Write($"{place}/train.txt", "one\ntwo\n");
            folder.Write($"{place}/test.txt", "three\nfour\n");
        }
    }

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void Parts_that_share_nothing_are_not_spoken_of() => Warning().Should().BeNull();

    [Test]
    public void Each_text_is_named_with_its_lines_in_one_line()
    {
        folder.Write("main/uk/test.txt", "two\nthree\ntwo\n");
        folder.Write("further/ru/test.txt", "one\n");
        Warning().Should().EndWith(": Ukrainian 2 of 3, Russian (further) 1 of 1").And.NotContain("\n");
        SharedLines.Warning(Texts, Folder("main"), null).Should().EndWith(": Ukrainian 2 of 3");
    }

    private string? Warning() => SharedLines.Warning(Texts, Folder("main"), Folder("further"));

    private string Folder(string name) => Path.Combine(folder.Path, name);
}
