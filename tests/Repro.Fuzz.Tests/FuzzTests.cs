using System.Globalization;
using Repro.Fuzz.Tests.Running;
using Repro.Fuzz.Tests.Targets;

namespace Repro.Fuzz.Tests;

/// <summary>
/// Whatever lies in a file that comes from outside, its reader accepts it or refuses it in one sentence that names it: no other exception, no crash,
/// no hang, no memory without end, nothing written. <c>REPRO_FUZZ_INPUTS</c> is the number of inputs for each reader, <c>REPRO_FUZZ_SEED</c> their seed.
/// </summary>
public sealed class FuzzTests
{
    private const int DefaultInputs = 100;
    private const ulong DefaultSeed = 20_240_811;
    private const int MostResidentMegabytes = 1_000;

    [TestCaseSource(nameof(Names))]
    public void Every_input_is_accepted_or_refused_in_one_sentence(string reader)
    {
        using FuzzRun run = new(reader, Setting("REPRO_FUZZ_SEED", DefaultSeed));
        FuzzReport report = run.Run((long)Setting("REPRO_FUZZ_INPUTS", DefaultInputs));
        TestContext.Out.WriteLine($"{reader}: {report.Inputs} inputs, {report.Accepted} accepted, {report.Inputs - report.Accepted - report.Defects.Count} refused, {report.Defects.Count} with a defect, peak {report.PeakMegabytes} MB");
        report.Defects.Should().BeEmpty();
        report.Accepted.Should().BeInRange(1, report.Inputs - 1, "the inputs must reach both outcomes");
        report.PeakMegabytes.Should().BeInRange(1, MostResidentMegabytes);
    }

    [Test]
    public void An_input_is_the_same_every_time()
    {
        foreach (string name in FuzzTargets.Names)
        {
            FuzzTarget target = FuzzTargets.Get(name);
            FuzzTarget again = FuzzTargets.Get(name);
            for (long number = 0; number < 6; number++)
                target.Input(1, number).Should().Equal(again.Input(1, number), $"{name} {number}");
        }
    }

    private static IEnumerable<string> Names() => FuzzTargets.Names;

    private static ulong Setting(string variable, ulong otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? ulong.Parse(set, CultureInfo.InvariantCulture) : otherwise;
}
