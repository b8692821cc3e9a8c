using FsCheck;
using FsCheck.Fluent;

namespace Repro.Engine.Tests.Support;

internal static class Properties
{
    /// <summary>Checks a law on the same 100 inputs every time.</summary>
    public static void Hold<T>(this Arbitrary<T> inputs, Func<T, bool> law) =>
        Prop.ForAll(inputs, law).Check(Config.QuickThrowOnFailure.WithReplay(20240513, 1));
}
