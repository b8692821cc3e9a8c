namespace Repro.Cli.Tests;

/// <summary>A disk that fills up: one sentence, nothing half written, and the run goes on where there is room.</summary>
public sealed class FullDiskTests
{
    private static readonly string[] Small = ["verify", "--claims", "figure-02", "--samples", "6", "--test-documents", "2"];

    [Test]
    public void A_full_disk_is_named_and_the_run_goes_on_once_there_is_room()
    {
        using TemporaryFolder folder = new();
        using SmallDisk disk = new(folder.File("disk"), megabytes: 8);
        ReproOutcome full = ReproProcess.Run([.. Small, "--cache", disk.Path]);
        full.ExitCode.Should().Be(3, full.Error);
        full.Error.Trim().Split('\n')[^1].Should().StartWith("repro: ").And.Contain(disk.Path)
            .And.Contain("free space or choose another folder").And.NotContain("   at ");
        string[] kept = Directory.GetFiles(disk.Path, "*.safetensors", SearchOption.AllDirectories);
        kept.Should().NotBeEmpty("what was finished before stays");
        kept.Select(f => Path.GetFileName(f)).Should().NotContainMatch(".*", "nothing half written does");

        disk.Resize(megabytes: 200);
        ReproOutcome resumed = ReproProcess.Run([.. Small, "--cache", disk.Path, "--json"]);
        ReproOutcome whole = ReproProcess.Run([.. Small, "--cache", folder.File("roomy"), "--json"]);
        resumed.ExitCode.Should().Be(whole.ExitCode, resumed.Error);
        Outcomes.Of(resumed.Output).Should().Be(Outcomes.Of(whole.Output));
    }

    [Test]
    public void A_report_that_finds_no_room_is_an_error_and_leaves_no_part()
    {
        using TemporaryFolder folder = new();
        using SmallDisk disk = new(folder.File("disk"), megabytes: 1);
        File.WriteAllBytes(Path.Combine(disk.Path, "filler"), new byte[1_040_000]);
        ReproOutcome outcome = ReproProcess.Run([.. Small, "--cache", folder.File("cache"), "--out", Path.Combine(disk.Path, "report")]);
        outcome.ExitCode.Should().Be(3, outcome.Error);
        outcome.Error.Trim().Split('\n')[^1].Should().StartWith("repro: ").And.Contain("free space or choose another folder");
        Directory.GetFiles(disk.Path, ".*", SearchOption.AllDirectories).Should().BeEmpty();
    }
}
