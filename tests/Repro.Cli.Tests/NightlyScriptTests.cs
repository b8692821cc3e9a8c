using System.Diagnostics;

namespace Repro.Cli.Tests;

/// <summary>The nightly GPU run's script tells a regression from a run that could not be made, with a stand-in for <c>repro</c>.</summary>
public sealed class NightlyScriptTests
{
    private const string Report = "mkdir -p \"$out\"; echo '{}' > \"$out/results.json\"";

    [TestCase(0, true, "expected")]
    [TestCase(1, true, "regression")]
    [TestCase(1, false, "infrastructure", Description = "a program that broke decides nothing")]
    [TestCase(2, false, "infrastructure")]
    [TestCase(3, false, "infrastructure")]
    [TestCase(130, false, "infrastructure")]
    public void Each_end_has_its_class_and_its_line_in_the_log(int exitCode, bool reports, string expected)
    {
        using TemporaryFolder folder = new();
        string output = Verify(folder, "llama2-7b", $"{(reports ? Report : ":")}; exit {exitCode}");
        output.Should().EndWith($"drift=\nclass={expected}\n");
        File.ReadAllText(folder.File("outputs")).Should().Be($"drift=\nclass={expected}\n");
        string recorded = reports ? "recorded" : "not recorded, for nothing was decided";
        File.ReadAllLines(folder.File("out/nightly.log")).Should().ContainSingle()
            .Which.Should().MatchRegex($@"^\S+Z llama2-7b: {expected}, exit code {exitCode}, \d+ s; {recorded}$");
        output.Should().Contain($"history --history {folder.File("history.db")}\n", "the history is printed");
        File.ReadAllText(folder.File("out/history.db")).Should().Be("a history\n", "and goes with the run's artifacts");
    }

    [Test]
    public void A_regression_of_one_profile_counts_more_than_the_others_ends()
    {
        using TemporaryFolder folder = new();
        Verify(folder, "llama2-7b llama2-13b", $"case $profile in llama2-7b) {Report}; exit 1 ;; *) exit 3 ;; esac")
            .Should().EndWith("class=regression\n");
        File.ReadAllLines(folder.File("out/nightly.log")).Should().HaveCount(2);
    }

    [TestCase(0, "")]
    [TestCase(1, "llama2-13b")]
    [TestCase(2, "", Description = "a history that can't be read is no drift")]
    public void A_profile_that_drifts_is_named_and_is_no_failure_of_its_own(int exitCode, string drifted)
    {
        using TemporaryFolder folder = new();
        string output = Verify(
            folder, "llama2-7b llama2-13b", Report, $"case \"${{profile}}\" in llama2-13b) echo moved; exit {exitCode} ;; esac");
        output.Should().EndWith($"drift={drifted}\nclass=expected\n");
        File.ReadAllText(folder.File("out/llama2-13b.drift.txt")).Should().Contain("moved");
    }

    [Test]
    public void A_run_that_could_not_be_recorded_is_told_and_not_compared()
    {
        using TemporaryFolder folder = new();
        Verify(folder, "llama2-7b", $"echo 'repro: this run is not recorded: the disk is full.' >&2; {Report}", "exit 1")
            .Should().EndWith("drift=\nclass=expected\n");
        File.ReadAllText(folder.File("out/nightly.log"))
            .Should().Contain("expected, exit code 0").And.Contain("this run is not recorded: the disk is full.");
    }

    [Test]
    public void A_check_names_everything_the_runner_lacks()
    {
        using TemporaryFolder folder = new();
        (int code, _, string error) = Run(
            folder, new() { ["REPRO_PROFILES"] = "llama2-7b llama2-70b", ["REPRO_MIN_DISK_GB"] = "100000000", ["PATH"] = "/usr/bin:/bin" },
            "check");
        code.Should().Be(1);
        error.Should().Contain("nvidia-smi").And.Contain("REPRO_CORPUS").And.Contain("REPRO_LLAMA2_7B names no checkpoint")
            .And.Contain("no profile llama2-70b").And.Contain("GB of disk");
    }

    [Test]
    public void The_workflow_never_runs_for_a_pull_request()
    {
        string workflow = File.ReadAllText(Path.Combine(Project.Folder, ".github/workflows/nightly-gpu.yml"));
        string[] triggers =
            [.. workflow.Split('\n').SkipWhile(l => l != "on:").Skip(1).TakeWhile(l => l.StartsWith(' '))
                .Where(l => l.StartsWith("  ") && !l.StartsWith("   ")).Select(l => l.Trim())];
        triggers.Should().Equal("schedule:", "workflow_dispatch:");
        workflow.Should().Contain("github.event.repository.fork == false").And.Contain("never for a pull request");
    }

    // A stand-in for the program: 'verify' gets the options as variables, 'history' prints its arguments, and 'history drift' ends as it is
    // told.
    private static string Verify(TemporaryFolder folder, string profiles, string verify, string drift = "exit 0")
    {
        folder.Write("repro", $"""
            all="$*" command=$1 sub=$2
            while [ $# -gt 0 ]; do case $1 in --out) out=$2 ;; --profile) profile=$2 ;; --history) echo 'a history' > "$2" ;; esac; shift; done
            if [ "$command" = history ]; then
              echo "$all"
              if [ "$sub" = drift ]; then {drift}; fi
              exit 0
            fi
            {verify}

            """);
        (int code, string output, string error) = Run(
            folder,
            new()
            {
                ["REPRO_PROFILES"] = profiles,
                ["REPRO_PROGRAM"] = folder.File("repro"),
                ["REPRO_HISTORY"] = folder.File("history.db"),
                ["GITHUB_OUTPUT"] = folder.File("outputs"),
            },
            "verify",
            folder.File("out"));
        code.Should().Be(0, error);
        return output;
    }

    private static (int Code, string Output, string Error) Run(
        TemporaryFolder folder, Dictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("/bin/bash", [Path.Combine(Project.Folder, "ci/nightly-gpu.sh"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
