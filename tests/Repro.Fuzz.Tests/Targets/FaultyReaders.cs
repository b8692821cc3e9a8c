using System.Runtime.CompilerServices;
using FsCheck.Fluent;
using Repro.Engine.Files;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>Readers with a fault each, by which the fuzzer itself is tested: every fault must be found and put down to its input.</summary>
internal static class FaultyReaders
{
    /// <summary>The faulty input's number; those before it are accepted.</summary>
    public const int Faulty = 3;

    private static readonly byte[] Valid = [.. "a file of some length"u8];

    public static IReadOnlyDictionary<string, Func<FuzzTarget>> Makers { get; } = new Dictionary<string, Func<FuzzTarget>>(StringComparer.Ordinal)
    {
        ["faulty-exception"] = () => Make("faulty-exception", _ => throw new KeyNotFoundException("no such key")),
        ["faulty-two-lines"] = () => Make("faulty-two-lines", folder => $"{folder} is bad\nand more."),
        ["faulty-nameless"] = () => Make("faulty-nameless", _ => throw new InputException("Something is bad.")),
        ["faulty-overflow"] = () => Make("faulty-overflow", _ => Endless(1).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ["faulty-hang"] = () => Make("faulty-hang", _ => { Thread.Sleep(Timeout.Infinite); return null; }),
        ["faulty-memory"] = () => Make("faulty-memory", _ => new string('x', 80_000_000)[..1]),
        ["faulty-writing"] = () => Make("faulty-writing", folder => { File.WriteAllText(Path.Combine(folder, "more"), ""); return null; }),
        ["faulty-escape"] = () => Make("faulty-escape", _ => { File.WriteAllText("outside", ""); return null; }),
    };

    private static FuzzTarget Make(string name, Func<string, string?> fault)
    {
        int reads = 0;
        return new FuzzTarget(name, "input", [Valid], Gen.Constant(Valid), folder => reads++ == Faulty ? fault(folder) : null);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static long Endless(long depth) => Endless(depth + 1) + depth;
}
