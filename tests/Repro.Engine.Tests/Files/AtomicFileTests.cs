using Repro.Engine.Files;

namespace Repro.Engine.Tests.Files;

public sealed class AtomicFileTests
{
    [Test]
    public void The_old_content_is_there_until_the_writer_is_done()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("f"), "old");
        AtomicFile.Write(folder.File("f"), stream =>
        {
            stream.Write("new content"u8);
            stream.Flush();
            File.ReadAllText(folder.File("f")).Should().Be("old");
        });
        File.ReadAllText(folder.File("f")).Should().Be("new content");
        folder.FileNames.Should().Equal("f");
    }

    [Test]
    public void A_failed_first_write_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        Action write = () => AtomicFile.Write(folder.File("f"), stream =>
        {
            stream.Write("half"u8);
            throw new NotSupportedException("broken");
        });
        write.Should().ThrowExactly<NotSupportedException>().WithMessage("broken");
        folder.FileNames.Should().BeEmpty();
    }

    [Test]
    public void A_target_that_can_not_be_replaced_leaves_no_temporary()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("f"));
        Action write = () => AtomicFile.WriteText(folder.File("f"), "text");
        Exception refusal = write.Should().Throw<Exception>().Which;
        refusal.Should().Match(e => e is IOException || e is UnauthorizedAccessException, "{0} was thrown", refusal);
        folder.FileNames.Should().Equal("f");
        Directory.Exists(folder.File("f")).Should().BeTrue();
    }

    [Test]
    public void A_shorter_text_replaces_a_longer_one_in_a_new_folder_without_a_mark()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.File("a"), "b", "f");
        AtomicFile.WriteText(path, "longer text");
        AtomicFile.WriteText(path, "é");
        File.ReadAllBytes(path).Should().Equal(0xC3, 0xA9);
    }

    [Test]
    public void Threads_that_write_the_same_path_at_once_all_succeed()
    {
        using TemporaryFolder folder = new();
        Parallel.For(0, 64, i => AtomicFile.WriteText(folder.File("f"), new string((char)('a' + (i % 4)), 10_000)));
        File.ReadAllText(folder.File("f")).Should().HaveLength(10_000).And.MatchRegex("^(a+|b+|c+|d+)$");
        folder.FileNames.Should().Equal("f");
    }
}
