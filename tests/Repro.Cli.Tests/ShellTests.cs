using System.Diagnostics;

namespace Repro.Cli.Tests;

/// <summary>Tab completion in the shells themselves.</summary>
public sealed class ShellTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void InstallRepro()
    {
        folder = new TemporaryFolder();
        string launcher = folder.Write("bin/repro", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "repro.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TearDown]
    public void Remove() => folder.Dispose();

    [TestCase("repro per", "perplexity")]
    [TestCase("repro verify --no-", "--no-cache --no-color --no-history")]
    [TestCase("repro verify --th", "--thorough")]
    [TestCase("repro audit --th", "--thorough")]
    [TestCase("repro verify --profile llama2-1", "llama2-13b")]
    [TestCase("repro verify --claims table-14,table-15-t", "table-14,table-15-top-3")]
    [TestCase("repro verify --device cuda:", "0 all")]
    [TestCase("repro importance --language r", "ro ru")]
    [TestCase("repro importance --reading a", "absolute")]
    [TestCase("repro plan --shape l", "llama2-13b llama2-7b")]
    [TestCase("repro goldens accept figure-03", "figure-03 figure-03-outstanding figure-03-random figure-03-same-dimension")]
    [TestCase("repro goldens accept control-u", "control-untrained")]
    [TestCase("repro perplexity --checkpoint ", "")]
    public void Bash_completes(string line, string expected)
    {
        const string Script = """
            eval "$(repro completion bash)"
            COMP_LINE="$1" COMP_POINT=${#1}
            COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _repro
            echo "${COMPREPLY[*]}"
            complete -p repro
            """;
        string[] lines = Run("bash", "-c", Script, "bash", line).Split('\n');
        lines[0].Should().Be(expected);
        lines[1].Should().Contain("-o default", "where repro has nothing to offer, files are").And.Contain("-F _repro repro");
    }

    [Test]
    public void Zsh_completes()
    {
        Need("zsh");
        const string Script = """
            compdef() { registered="$*"; }
            compadd() { shift; print -r -- "$@"; }
            _files() { print files; }
            eval "$(repro completion zsh)"
            print -r -- $registered
            BUFFER="repro verify --profile llama2-1" CURSOR=$#BUFFER PREFIX=llama2-1
            _repro
            BUFFER="repro perplexity --checkpoint " CURSOR=$#BUFFER PREFIX=
            _repro
            """;
        Run("zsh", "-f", "-c", Script).Should().Be("_repro repro\nllama2-13b\nfiles\n");
    }

    [Test]
    public void Fish_completes()
    {
        Need("fish");
        Run("fish", "--no-config", "-c", "repro completion fish | source; complete -C 'repro verify --profile llama2-1'").Should().Be("llama2-13b\n");
    }

    private static void Need(string shell)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!folders.Any(f => File.Exists(Path.Combine(f, shell))))
            Assert.Ignore($"{shell} is not installed; install the package '{shell}' to run this test.");
    }

    private string Run(string shell, params string[] arguments)
    {
        ProcessStartInfo start = ReproProcess.StartProgram(shell, folder.Path, arguments);
        start.Environment["PATH"] = $"{folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        ReproOutcome outcome = ReproProcess.Finish(start);
        outcome.ExitCode.Should().Be(0, outcome.Error);
        return outcome.Output;
    }
}
