using Repro.Fuzz.Tests.Running;
using Repro.Fuzz.Tests.Targets;

namespace Repro.Fuzz.Tests;

/// <summary>The fuzzer finds what it looks for: readers with a fault each are found out, and at the very input.</summary>
public sealed class FaultyReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    [TestCase("faulty-exception", "KeyNotFoundException")]
    [TestCase("faulty-two-lines", "control characters")]
    [TestCase("faulty-nameless", "does not name the file")]
    [TestCase("faulty-overflow", "died")]
    [TestCase("faulty-hang", "stood still")]
    [TestCase("faulty-memory", "allocated")]
    [TestCase("faulty-writing", "changed the folder")]
    public void A_fault_is_put_down_to_its_input(string reader, string what)
    {
        using FuzzRun run = new(reader, seed: 1, Patience);
        FuzzReport report = run.Run(FaultyReaders.Faulty + 2);
        report.Defects.Should().ContainSingle().Which.Should().Contain($"{reader}, input {FaultyReaders.Faulty}: ").And.Contain(what);
        report.Accepted.Should().Be(FaultyReaders.Faulty + 1, "the inputs before and after it are read too");
    }

    [Test]
    public void A_file_written_elsewhere_is_found()
    {
        using FuzzRun run = new("faulty-escape", seed: 1, Patience);
        run.Run(FaultyReaders.Faulty + 2).Defects.Should().ContainSingle().Which.Should().Contain("outside");
    }
}
