namespace Repro.Engine.Tests.Layering.First
{
    internal static class Left
    {
        public static object Make() => new Second.Right();
    }
}

namespace Repro.Engine.Tests.Layering.Second
{
    internal sealed class Right
    {
        public IEnumerable<object> Made { get; } = [First.Left.Make()];
    }
}
