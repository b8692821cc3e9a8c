using System.Diagnostics;
using System.Text.Json;

namespace Repro.Cli.Tests;

[NonParallelizable]
public sealed class DoctorTests
{
    [Test]
    public void This_machine_can_run_the_tiny_profile()
    {
        ReproOutcome outcome = ReproProcess.Run("doctor");
        outcome.ExitCode.Should().Be(0, outcome.Output);
        outcome.Output.Split('\n').Where(l => l.Length > 80).Should().BeEmpty();
        outcome.Output.Should().MatchRegex(@"(?m)^✓ ok       libtorch +2\.10").And.Contain("✓ ready     profile tiny")
            .And.EndWith("'repro verify' can run here.\n");
    }

    [Test]
    public void Each_profile_that_lacks_its_folders_has_the_variables_to_set()
    {
        using TemporaryFolder folder = new();
        folder.Write("texts/en.txt", "The kettle is on.\n");
        folder.Write("checkpoint/readme.txt", "no checkpoint");
        ReproOutcome outcome = ReproProcess.Run(
            new Dictionary<string, string>
            {
                ["REPRO_LLAMA2_7B"] = folder.File("checkpoint"),
                ["REPRO_LLAMA2_13B"] = "",
                ["REPRO_CORPUS"] = folder.File("texts"),
                ["REPRO_FURTHER_CORPUS"] = "",
            },
            "doctor", "--json");
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement[] profiles = [.. json.RootElement.GetProperty("profiles").EnumerateArray()];
        profiles.Select(p => (p.GetProperty("name").GetString(), p.GetProperty("canRun").GetBoolean()))
            .Should().Equal(("tiny", true), ("llama2-7b", false), ("llama2-13b", false));
        (string State, string Detail, string? Fix) Check(int profile, string subject)
        {
            JsonElement check = profiles[profile].GetProperty("checks").EnumerateArray()
                .Single(c => c.GetProperty("subject").GetString() == subject);
            string? mended = check.TryGetProperty("fix", out JsonElement fix) ? fix.GetString() : null;
            return (check.GetProperty("state").GetString()!, check.GetProperty("detail").GetString()!, mended);
        }

        void MustName(int profile, string subject, string state, string variable)
        {
            Check(profile, subject).State.Should().Be(state, subject);
            Check(profile, subject).Fix.Should().Contain(variable, subject);
        }

        MustName(1, "checkpoint", "Missing", "REPRO_LLAMA2_7B");
        Check(1, "checkpoint").Detail.Should().Contain("config.json");
        Check(1, "corpus").Should().Be(("Ok", folder.File("texts"), null));
        MustName(2, "checkpoint", "Missing", "REPRO_LLAMA2_13B");
        MustName(2, "further text", "Note", "REPRO_FURTHER_CORPUS");
    }

    [Test]
    public void Without_libtorch_the_doctor_still_answers_and_the_exit_code_is_3()
    {
        ReproOutcome outcome = ReproProcess.Run(new Dictionary<string, string> { ["REPRO_LIBTORCH"] = "/nonexistent" }, "doctor");
        outcome.ExitCode.Should().Be(3, outcome.Error);
        outcome.Output
            .Should().Contain("✗ missing  libtorch").And.Contain("→ run 'dotnet restore --force'").And.Contain("✗ can't run profile tiny");
        outcome.Error.Should().BeEmpty();
    }

    [Test]
    public void A_driver_that_hangs_and_folders_that_can_t_be_used_are_told_within_seconds()
    {
        using TemporaryFolder folder = new();
        string program = folder.Write("bin/nvidia-smi", "#!/bin/sh\nsleep 300\n");
        using (Process chmod = Process.Start("chmod", ["+x", program]))
            chmod.WaitForExit();
        folder.Write("file", "not a folder");
        Stopwatch watch = Stopwatch.StartNew();
        ReproOutcome outcome = ReproProcess.Run(
            new Dictionary<string, string>
            {
                ["PATH"] = $"{folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["XDG_DATA_HOME"] = "/proc/nothing",
                ["REPRO_CORPUS"] = folder.File("file"),
            },
            "doctor");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(60));
        outcome.ExitCode.Should().Be(0, outcome.Error);
        outcome.Output
            .Should().Contain("nvidia-smi does not answer within 5 s").And.Contain("! note     history").And.Contain("✗ missing  corpus");
    }
}
