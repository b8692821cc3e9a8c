using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Seeds;
using Repro.Fuzz.Tests.Inputs;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>One reader of something that comes from outside, with what it is fed.</summary>
/// <param name="Name">Its name in test names, commands and kept inputs.</param>
/// <param name="File">The file that varies, below the folder that is read.</param>
/// <param name="Valid">Contents that the reader accepts.</param>
/// <param name="OneThingWrong">Makes contents with the right structure and at most one thing wrong.</param>
/// <param name="Read">Reads the folder: null where it was accepted, or the sentence it was refused with where that is no exception.</param>
internal sealed record FuzzTarget(string Name, string File, IReadOnlyList<byte[]> Valid, Gen<byte[]> OneThingWrong, Func<string, string?> Read)
{
    private const int Size = 20;

    /// <summary>Puts what else the folder holds into it.</summary>
    public Action<string> Prepare { get; init; } = _ => { };

    /// <summary>Whether the reader may change the folder it reads, as a store does that makes a damaged file again.</summary>
    public bool MayRepair { get; init; }

    /// <summary>One input: the first is valid contents as they are, the other even ones are mutations of such, the odd ones are generated.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="number">The input's number; the same seed and number give the same bytes.</param>
    public byte[] Input(ulong seed, long number)
    {
        if (number == 0)
            return Valid[0];
        SplitMix random = new(SplitMix.Derive(seed, $"{Name} {number}"));
        return number % 2 == 0
            ? Mutation.Of(Valid, random)
            : OneThingWrong.Sample(1, new Rnd(random.Next(), random.Next() | 1), Size).Single();
    }
}
