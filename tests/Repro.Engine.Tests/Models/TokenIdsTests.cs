using Repro.Engine.Models;

namespace Repro.Engine.Tests.Models;

public sealed class TokenIdsTests
{
    [Test]
    public void Lists_with_the_same_ids_are_equal()
    {
        TokenIds ids = new(3, 5);
        ids.Equals(new TokenIds(3, 5)).Should().BeTrue();
        ids.GetHashCode().Should().Be(new TokenIds(3, 5).GetHashCode());
        ids.Equals(new TokenIds(5, 3)).Should().BeFalse();
        ids.Equals(new TokenIds(3)).Should().BeFalse();
        ids.Equals(null).Should().BeFalse();
    }
}
