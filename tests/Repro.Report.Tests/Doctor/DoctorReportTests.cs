using System.Text.Json;
using Repro.Report.Doctor;

namespace Repro.Report.Tests.Doctor;

/// <summary>What the doctor concludes from facts.</summary>
public sealed class DoctorReportTests
{
    private static readonly InputFacts NotNamed = new(null, "a checkpoint is not named", "set REPRO_THING to its folder");

    [Test]
    public void A_machine_with_everything_can_run_everything_and_nothing_is_to_be_mended()
    {
        DoctorReport report = DoctorReport.Of(HandMadeMachine.Whole);
        report.CanRunTiny.Should().BeTrue();
        report.Profiles.Should().OnlyContain(p => p.CanRun);
        report.Machine.Concat(report.Profiles.SelectMany(p => p.Checks)).Should().OnlyContain(c => c.State == CheckState.Ok && c.Fix == null);
    }

    [Test]
    public void Without_libtorch_no_profile_runs()
    {
        DoctorReport report = DoctorReport.Of(HandMadeMachine.Whole with { Torch = new TorchFacts(null, null, false, 0, "libtorch can't be loaded") });
        report.CanRunTiny.Should().BeFalse();
        report.Profiles.Should().OnlyContain(p => !p.CanRun);
        Machine(report, "libtorch").Should().Match<Check>(c => c.State == CheckState.Missing && c.Detail == "libtorch can't be loaded" && c.Fix!.Contains("dotnet restore") && c.Fix.Contains("REPRO_LIBTORCH"));
    }

    [Test]
    public void Outside_the_project_no_profile_runs()
    {
        DoctorReport report = DoctorReport.Of(HandMadeMachine.Whole with { ProjectProblem = "The project's folder was not found." });
        report.CanRunTiny.Should().BeFalse();
        report.Profiles[0].Checks.Should().Contain(c => c.Subject == "project" && c.State == CheckState.Missing);
    }

    [Test]
    public void A_checkpoint_or_corpus_that_is_not_there_is_missing_with_what_to_set()
    {
        foreach (ProfileFacts profile in new[] { HandMadeMachine.Profile("llama2-7b") with { Checkpoint = NotNamed }, HandMadeMachine.Profile("llama2-7b") with { Corpus = NotNamed } })
        {
            ProfileReadiness readiness = DoctorReport.Of(HandMadeMachine.With(profile)).Profiles.Single();
            readiness.CanRun.Should().BeFalse();
            readiness.Checks.Single(c => c.State == CheckState.Missing).Fix.Should().Be("set REPRO_THING to its folder");
        }
    }

    [Test]
    public void Without_further_text_or_memory_to_train_the_other_claims_still_run()
    {
        ProfileFacts profile = HandMadeMachine.Profile("llama2-7b") with { FurtherCorpus = NotNamed, TrainingProblem = "Training takes 135 GB" };
        ProfileReadiness readiness = DoctorReport.Of(HandMadeMachine.With(profile)).Profiles.Single();
        readiness.CanRun.Should().BeTrue();
        readiness.Checks.Where(c => c.State == CheckState.Note).Select(c => c.Detail).Should().HaveCount(2).And.OnlyContain(d => d.Contains("the claims that train are not applicable"));
    }

    [Test]
    public void A_model_that_fits_nowhere_and_a_small_disk_are_missing()
    {
        ProfileReadiness memory = DoctorReport.Of(HandMadeMachine.With(HandMadeMachine.Profile("llama2-7b") with { MemoryProblem = "It cannot fit" })).Profiles.Single();
        memory.Checks.Single(c => c.State == CheckState.Missing).Detail.Should().Be("It cannot fit");
        ProfileReadiness disk = DoctorReport.Of(HandMadeMachine.Whole with { Cache = new FolderFacts("/cache", 100_000_000_000, null) }).Profiles[1];
        disk.Checks.Single(c => c.State == CheckState.Missing).Should().Match<Check>(c => c.Detail == "gradient sums take 466 GB, and 100 GB are free in /cache" && c.Fix!.Contains("--cache"));
    }

    [Test]
    public void A_cache_or_history_that_can_t_be_written_is_no_hindrance()
    {
        FolderFacts closed = new("/closed", 0, "Read-only file system");
        DoctorReport report = DoctorReport.Of(HandMadeMachine.Whole with { Cache = closed, Data = closed });
        report.CanRunTiny.Should().BeTrue();
        Machine(report, "results").Should().Match<Check>(c => c.State == CheckState.Note && c.Fix!.Contains("XDG_CACHE_HOME"));
        Machine(report, "history").Should().Match<Check>(c => c.State == CheckState.Note && c.Fix!.Contains("XDG_DATA_HOME"));
    }

    [Test]
    public void Each_way_of_not_using_a_gpu_has_its_own_advice()
    {
        Gpu(m => m with { Torch = m.Torch with { Devices = 0 } }).Fix.Should().Contain("driver for CUDA 12.8");
        Gpu(m => m with { Torch = m.Torch with { Devices = 0, HasCuda = false } }).Fix.Should().Contain("TorchBackend=cuda").And.Contain("REPRO_LIBTORCH");
        Gpu(m => m with { Gpus = new ProgramAnswer(null, "nvidia-smi does not answer within 5 s") }).Should().Match<Check>(c => c.State == CheckState.Note && c.Detail.Contains("does not answer"));
        Gpu(m => m with { Gpus = new ProgramAnswer(null, null), Torch = m.Torch with { Devices = 0, HasCuda = false } }).Should().Match<Check>(c => c.State == CheckState.Note && c.Detail.Contains("nvidia-smi is not installed") && c.Fix == null);
        Gpu(m => m with { Gpus = new ProgramAnswer(null, null) }).State.Should().Be(CheckState.Ok, "libtorch can use one");
    }

    [Test]
    public void A_libstdcxx_that_is_too_old_is_fine_with_the_adjusted_copy_alone()
    {
        StandardLibrary(new("/lib/libstdc++.so.6", false, "/cache/native/libLibTorchSharp.so")).State.Should().Be(CheckState.Ok);
        StandardLibrary(new("/lib/libstdc++.so.6", false, null)).Should().Match<Check>(c => c.State == CheckState.Note && c.Detail.Contains("lacks GLIBCXX_3.4.32") && c.Fix != null);
        StandardLibrary(new(null, false, null)).State.Should().Be(CheckState.Note);
    }

    [Test]
    public void What_only_some_need_is_a_note()
    {
        DoctorReport report = DoctorReport.Of(HandMadeMachine.Whole with { Sdks = [], Slurm = new ProgramAnswer(null, null), Features = [], Processor = null });
        report.CanRunTiny.Should().BeTrue();
        Machine(report, ".NET").Should().Match<Check>(c => c.State == CheckState.Note && c.Fix!.Contains(".NET 10 SDK"));
        Machine(report, "Slurm").Detail.Should().Contain("not installed");
        Machine(report, "processor").Detail.Should().Contain("unnamed processor");
    }

    [Test]
    public void The_text_fits_80_columns_with_a_symbol_and_a_word_a_line()
    {
        string path = "/a/very/long/path" + string.Concat(Enumerable.Repeat("/of-many-folders", 12)) + new string('x', 120);
        MachineFacts facts = HandMadeMachine.Whole with
        {
            Torch = new TorchFacts(null, null, false, 0, $"libtorch can't be loaded from {path}: it is damaged"),
            Cache = new FolderFacts(path, 0, "No space"),
            Profiles = [HandMadeMachine.Profile("tiny") with { Checkpoint = NotNamed with { Path = path } }],
        };
        string text = DoctorText.Of(DoctorReport.Of(facts));
        text.Split('\n').Should().OnlyContain(l => l.Length <= 80)
            .And.OnlyContain(l => l.Length == 0 || l.StartsWith("✓ ok ") || l.StartsWith("! note ") || l.StartsWith("✗ missing ") || l.StartsWith("✗ can't run profile ") || l.StartsWith("      ") || l.StartsWith("'repro verify'"));
        text.Should().Contain("✗ can't run profile tiny").And.Contain("→ set REPRO_THING to its folder").And.EndWith("mend what is missing for the profile tiny.\n");
        string.Concat(text.Split('\n').Select(l => l.Trim())).Should().Contain(path, "a path is broken, not cut");
    }

    [Test]
    public void Json_has_the_states_as_words()
    {
        JsonElement json = JsonDocument.Parse(DoctorText.Json(DoctorReport.Of(HandMadeMachine.Whole))).RootElement;
        json.GetProperty("canRunTiny").GetBoolean().Should().BeTrue();
        json.GetProperty("machine")[0].GetProperty("state").GetString().Should().Be("Ok");
        json.GetProperty("profiles")[1].GetProperty("name").GetString().Should().Be("llama2-7b");
    }

    private static Check Machine(DoctorReport report, string subject) => report.Machine.Single(c => c.Subject == subject);

    private static Check Gpu(Func<MachineFacts, MachineFacts> change) => Machine(DoctorReport.Of(change(HandMadeMachine.Whole)), "GPU");

    private static Check StandardLibrary(StandardLibraryFacts facts) => Machine(DoctorReport.Of(HandMadeMachine.Whole with { StandardLibrary = facts }), "libstdc++");
}
