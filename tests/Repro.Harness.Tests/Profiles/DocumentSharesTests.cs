using Repro.Harness.Profiles;

namespace Repro.Harness.Tests.Profiles;

public sealed class DocumentSharesTests
{
    private static readonly int[] Eighty = [.. Enumerable.Range(0, 80)];

    [Test]
    public void Draws_take_the_shares_in_turn()
    {
        new DocumentShares(4).Of(1, Eighty).Should().Equal(Enumerable.Range(0, 20).Select(i => (4 * i) + 1));
        new DocumentShares(4).Of(5, Eighty).Should().Equal(new DocumentShares(4).Of(1, Eighty));
    }

    [Test]
    public void A_condition_that_is_no_draw_is_measured_on_all() => new DocumentShares(4).Of(null, Eighty).Should().BeSameAs(Eighty);

    [TestCase(15, 15)]
    [TestCase(16, 8)]
    [TestCase(24, 8)]
    public void A_share_has_no_fewer_than_eight_documents(int documents, int share) =>
        new DocumentShares(4).Of(0, Enumerable.Range(0, documents).ToArray()).Should().HaveCount(share);

    [Test]
    public void Shares_hold_every_document_once([Values(1, 3, 4, 7)] int count, [Values(1, 16, 80, 113, 1000)] int documents)
    {
        int[] all = [.. Enumerable.Range(0, documents)];
        DocumentShares shares = new(count);
        int parts = Math.Max(1, Math.Min(count, documents / 8));
        IReadOnlyList<int>[] drawn = [.. Enumerable.Range(0, parts).Select(draw => shares.Of(draw, all))];
        drawn.SelectMany(s => s).Order().Should().Equal(all);
    }
}
