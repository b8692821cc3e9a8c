using Repro.Engine.Native;

namespace Repro.Cli.Tests;

/// <summary>A libtorch that a Python torch brings, laid out as its wheel installs it.</summary>
public sealed class PythonTorchTests
{
    [Test]
    public void A_python_torch_of_the_right_version_is_used()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = Perplexity(Lib(folder, "2.10.0+cpu"));
        outcome.ExitCode.Should().Be(0, outcome.Error);
        outcome.Output.Should().Contain("perplexity");
    }

    [Test]
    public void A_python_torch_of_another_version_is_refused_in_one_sentence()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = Perplexity(Lib(folder, "2.4.0+cu121"));
        outcome.ExitCode.Should().Be(3);
        outcome.Error.Should().Contain("holds torch 2.4.0+cu121").And.Contain("needs torch 2.10");
        outcome.Error.Trim().Split('\n').Should().ContainSingle();
    }

    // Links to the libraries that are installed anyway: what differs is where they are and what stands beside them.
    private static string Lib(TemporaryFolder folder, string version)
    {
        folder.Write("site-packages/torch/version.py", $"__version__ = '{version}'\n");
        string lib = folder.File("site-packages/torch/lib");
        Directory.CreateDirectory(lib);
        foreach (string library in Directory.EnumerateFiles(LibTorch.Folder, "*.so*"))
            File.CreateSymbolicLink(Path.Combine(lib, Path.GetFileName(library)), library);
        return lib;
    }

    private static ReproOutcome Perplexity(string lib) => ReproProcess.Run(
        new Dictionary<string, string> { [LibTorch.FolderVariable] = lib },
        "perplexity", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "en");
}
