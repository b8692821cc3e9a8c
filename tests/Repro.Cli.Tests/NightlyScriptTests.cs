using System.Diagnostics;
using System.Text.Json;

namespace Repro.Cli.Tests;

/// <summary>The nightly GPU run's script tells a regression from a run that could not be made, with a stand-in for <c>repro</c>.</summary>
public sealed class NightlyScriptTests
{
    [TestCase(0, true, "expected")]
    [TestCase(1, true, "regression")]
    [TestCase(1, false, "infrastructure", Description = "a program that broke decides nothing")]
    [TestCase(2, false, "infrastructure")]
    [TestCase(3, false, "infrastructure")]
    [TestCase(130, false, "infrastructure")]
    public void Each_end_has_its_class_and_its_line_in_the_history(int exitCode, bool reports, string expected)
    {
        using TemporaryFolder folder = new();
        string output = Verify(folder, "llama2-7b", $"[ {(reports ? 0 : 1)} = 1 ] || {{ mkdir -p \"$out\"; echo verdicts > \"$out/verdicts.txt\"; }}; echo '75 claims: 70 Holds, 5 Fails'; exit {exitCode}");
        output.Should().EndWith($"class={expected}\n");
        File.ReadAllText(folder.File("outputs")).Should().Be($"class={expected}\n");
        using JsonDocument line = JsonDocument.Parse(File.ReadAllLines(folder.File("history.jsonl")).Single());
        line.RootElement.GetProperty("class").GetString().Should().Be(expected);
        line.RootElement.GetProperty("exitCode").GetInt32().Should().Be(exitCode);
        line.RootElement.GetProperty("profile").GetString().Should().Be("llama2-7b");
        line.RootElement.GetProperty("verdicts").GetString().Should().Be("75 claims: 70 Holds, 5 Fails");
    }

    [Test]
    public void A_regression_of_one_profile_counts_more_than_the_others_ends()
    {
        using TemporaryFolder folder = new();
        Verify(folder, "llama2-7b llama2-13b", "mkdir -p \"$out\"; echo verdicts > \"$out/verdicts.txt\"; case $profile in llama2-7b) exit 1 ;; *) exit 3 ;; esac").Should().EndWith("class=regression\n");
        File.ReadAllLines(folder.File("history.jsonl")).Should().HaveCount(2);
        File.ReadAllLines(folder.File("out/history.jsonl")).Should().HaveCount(2, "the history goes with the run's artifacts");
    }

    [Test]
    public void A_check_names_everything_the_runner_lacks()
    {
        using TemporaryFolder folder = new();
        (int code, _, string error) = Run(folder, new() { ["REPRO_PROFILES"] = "llama2-7b llama2-70b", ["REPRO_MIN_DISK_GB"] = "100000000", ["PATH"] = "/usr/bin:/bin" }, "check");
        code.Should().Be(1);
        error.Should().Contain("nvidia-smi").And.Contain("REPRO_CORPUS").And.Contain("REPRO_LLAMA2_7B names no checkpoint").And.Contain("no profile llama2-70b").And.Contain("GB of disk");
    }

    [Test]
    public void The_workflow_never_runs_for_a_pull_request()
    {
        string workflow = File.ReadAllText(Path.Combine(ReproProcess.Project, ".github/workflows/nightly-gpu.yml"));
        string[] triggers = [.. workflow.Split('\n').SkipWhile(l => l != "on:").Skip(1).TakeWhile(l => l.StartsWith(' ')).Where(l => l.StartsWith("  ") && !l.StartsWith("   ")).Select(l => l.Trim())];
        triggers.Should().Equal("schedule:", "workflow_dispatch:");
        workflow.Should().Contain("github.event.repository.fork == false").And.Contain("never for a pull request");
    }

    private static string Verify(TemporaryFolder folder, string profiles, string repro)
    {
        folder.Write("repro", $"while [ $# -gt 0 ]; do case $1 in --out) out=$2 ;; --profile) profile=$2 ;; esac; shift; done\n{repro}\n");
        (int code, string output, string error) = Run(
            folder,
            new() { ["REPRO_PROFILES"] = profiles, ["REPRO_PROGRAM"] = folder.File("repro"), ["REPRO_HISTORY"] = folder.File("history.jsonl"), ["GITHUB_OUTPUT"] = folder.File("outputs") },
            "verify",
            folder.File("out"));
        code.Should().Be(0, error);
        return output;
    }

    private static (int Code, string Output, string Error) Run(TemporaryFolder folder, Dictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("/bin/bash", [Path.Combine(ReproProcess.Project, "ci/nightly-gpu.sh"), .. arguments])
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
