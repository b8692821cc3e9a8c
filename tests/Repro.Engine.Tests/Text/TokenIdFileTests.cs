using Repro.Engine.Files;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

/// <summary>Files of token ids: vocabulary 11, at most 16 ids a document.</summary>
public sealed class TokenIdFileTests
{
    private TextFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TextFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void A_line_is_a_document_and_ids_stay_as_they_are()
    {
        IReadOnlyList<int[]> documents = Read("1 5\t6  2\n\n3 4\n");
        documents.Should().HaveCount(2);
        documents[0].Should().Equal(1, 5, 6, 2);
        documents[1].Should().Equal(3, 4);
    }

    [TestCase("1 5 2\n1 x 2", "line 2: 'x'")]
    [TestCase("1 11 2", "line 1: '11'")]
    [TestCase("1 -3 2", "line 1: '-3'")]
    [TestCase("1 3.0 2", "line 1: '3.0'")]
    [TestCase("1 99999999999 2", "line 1: '99999999999'")]
    [TestCase("1 5 2\n1", "line 2 holds 1 ids")]
    [TestCase("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "line 1 holds 17 ids")]
    [TestCase("1 5 2\n\n\n1 x 2", "line 4: 'x'")]
    public void A_bad_line_is_named(string text, string complaint) =>
        FluentActions.Invoking(() => Read(text)).Should().Throw<InputException>().WithMessage($"*ids.txt, {complaint}*");

    [Test]
    public void The_largest_id_and_the_longest_document_are_accepted() =>
        Read("10 0 0 0 0 0 0 0 0 0 0 0 0 0 0 10").Should().ContainSingle().Which.Should().HaveCount(16);

    [Test]
    public void A_file_without_a_document_is_refused() =>
        FluentActions.Invoking(() => Read("\n \n")).Should().Throw<InputException>().WithMessage("*ids.txt holds no document*");

    private IReadOnlyList<int[]> Read(string text) =>
        new DocumentReader(TinyModels.Config(), folder.Root).TokenIds(folder.Write("ids.txt", text));
}
