using Repro.Engine.Models;

namespace Repro.Engine.Tests.Models;

public sealed class ValueListTests
{
    [Test]
    public void Lists_with_the_same_items_are_equal()
    {
        ValueList<int> numbers = new(3, 5);
        numbers.Equals(new ValueList<int>(3, 5)).Should().BeTrue();
        numbers.GetHashCode().Should().Be(new ValueList<int>(3, 5).GetHashCode());
        numbers.Equals(new ValueList<int>(5, 3)).Should().BeFalse();
        numbers.Equals(new ValueList<int>(3)).Should().BeFalse();
        numbers.Equals(null).Should().BeFalse();
    }
}
