using System.Diagnostics;

namespace Repro.Cli.Tests;

/// <summary>The .NET tool: packed, installed from its package, and run where there is nothing of the project.</summary>
[NonParallelizable]
public sealed class ToolPackageTests
{
    private const string Package = "Repro.LinguisticRegions";
    private const long MostBytes = 25_000_000;

    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
    private TemporaryFolder folder = null!;

    private string Tool => folder.File("tool/repro");

    [OneTimeSetUp]
    public void PackAndInstall()
    {
        if (Configuration is not ("debug" or "release"))
            Assert.Ignore("This build is not one for the CPU in the usual output folder; build with 'dotnet build' to run these tests.");
        folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("empty"));
        Succeed("dotnet", Project.Folder, "pack", "src/Repro.Cli", "--no-build", "--no-restore", "-c", Configuration, "-o",
            folder.File("package"), "-v", "quiet");
        Succeed("dotnet", folder.Path, "tool", "install", Package, "--tool-path", folder.File("tool"), "--source", folder.File("package"));
    }

    [OneTimeTearDown]
    public void Remove() => folder?.Dispose();

    [Test]
    public void The_package_is_small()
    {
        string[] packages = Directory.GetFiles(folder.File("package"));
        packages.Should().ContainSingle().Which.Should().Contain(Package);
        new FileInfo(packages[0]).Length.Should().BeLessThan(MostBytes, "libtorch is found on the machine");
    }

    [Test]
    public void It_runs_in_a_folder_of_its_own()
    {
        Run("--version").Output.Should().MatchRegex(@"^\d+\.\d+\.\d+");
        Run("audit-paper").Output.Should().Contain("base-repeats");
        Run("plan", "--shape", "llama2-7b", "--rate", "100").Output.Should().Contain("profile llama2-7b");
        Run("goldens", "status").Output.Should().Contain("tables/table-14 ").And.Contain("claims/table-14-top-3 ").And.NotContain("missing");
    }

    [Test]
    public void It_verifies_with_the_checkpoint_texts_and_goldens_it_brings_along()
    {
        ReproOutcome outcome = Run("verify", "--claims", "figure-02", "--samples", "6", "--test-documents", "2", "--no-cache");
        outcome.ExitCode.Should().BeLessThan(2, outcome.Error);
        outcome.Output.Should().Contain("Figure 2").And.Contain("1 claim: ");
    }

    [Test]
    public void Without_libtorch_one_sentence_says_where_to_get_it()
    {
        ProcessStartInfo start = ReproProcess.StartProgram(Tool, folder.File("empty"), "perplexity", "--checkpoint", "x", "--text", "y");
        start.Environment["REPRO_LIBTORCH"] = folder.File("empty");
        ReproOutcome outcome = ReproProcess.Finish(start);
        outcome.ExitCode.Should().Be(3);
        outcome.Error.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain("torch 2.10");
    }

    private static void Succeed(string program, string where, params string[] arguments)
    {
        ReproOutcome outcome = ReproProcess.Finish(ReproProcess.StartProgram(program, where, arguments));
        outcome.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)} says: {outcome.Output}{outcome.Error}");
    }

    private ReproOutcome Run(params string[] arguments) =>
        ReproProcess.Finish(ReproProcess.StartProgram(Tool, folder.File("empty"), arguments));
}
