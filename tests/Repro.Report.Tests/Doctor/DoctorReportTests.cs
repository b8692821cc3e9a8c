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
        report.Profiles.Should().AllSatisfy(p => p.CanRun.Should().BeTrue(p.Name));
        report.Machine.Concat(report.Profiles.SelectMany(p => p.Checks))
            .Should().AllSatisfy(c => c.Should().Be(c with { State = CheckState.Ok, Fix = null }));
    }

    [Test]
    public void Without_libtorch_no_profile_runs()
    {
        DoctorReport report = DoctorReport.Of(
            HandMadeMachine.Whole with { Torch = new TorchFacts(null, null, false, 0, "libtorch can't be loaded") });
        report.CanRunTiny.Should().BeFalse();
        report.Profiles.Should().AllSatisfy(p => p.CanRun.Should().BeFalse(p.Name));
        Check libtorch = Machine(report, "libtorch");
        libtorch.State.Should().Be(CheckState.Missing);
        libtorch.Detail.Should().Be("libtorch can't be loaded");
        libtorch.Fix.Should().Contain("dotnet restore").And.Contain("REPRO_LIBTORCH");
    }

    [Test]
    public void Outside_the_project_no_profile_runs()
    {
        DoctorReport report = DoctorReport.Of(HandMadeMachine.Whole with { ProjectProblem = "The project's folder was not found." });
        report.CanRunTiny.Should().BeFalse();
        report.Profiles[0].Checks.Single(c => c.Subject == "project").State.Should().Be(CheckState.Missing);
    }

    [Test]
    public void A_checkpoint_or_corpus_that_is_not_there_is_missing_with_what_to_set()
    {
        ProfileFacts whole = HandMadeMachine.Profile("llama2-7b");
        foreach (ProfileFacts profile in new[] { whole with { Checkpoint = NotNamed }, whole with { Corpus = NotNamed } })
        {
            ProfileReadiness readiness = DoctorReport.Of(HandMadeMachine.With(profile)).Profiles.Single();
            readiness.CanRun.Should().BeFalse();
            readiness.Checks.Single(c => c.State == CheckState.Missing).Fix.Should().Be("set REPRO_THING to its folder");
        }
    }

    [Test]
    public void Without_further_text_or_memory_to_train_the_other_claims_still_run()
    {
        ProfileFacts whole = HandMadeMachine.Profile("llama2-7b");
        ProfileFacts profile = whole with { FurtherCorpus = NotNamed, TrainingProblem = "Training takes 135 GB" };
        ProfileReadiness readiness = DoctorReport.Of(HandMadeMachine.With(profile)).Profiles.Single();
        readiness.CanRun.Should().BeTrue();
        readiness.Checks.Where(c => c.State == CheckState.Note).Select(c => c.Detail).Should().HaveCount(2)
            .And.AllSatisfy(d => d.Should().Contain("the claims that train are not applicable"));
    }

    [Test]
    public void A_model_that_fits_nowhere_and_a_small_disk_are_missing()
    {
        ProfileFacts large = HandMadeMachine.Profile("llama2-7b") with { MemoryProblem = "It cannot fit" };
        ProfileReadiness memory = DoctorReport.Of(HandMadeMachine.With(large)).Profiles.Single();
        memory.Checks.Single(c => c.State == CheckState.Missing).Detail.Should().Be("It cannot fit");
        FolderFacts small = new("/cache", 100_000_000_000, null);
        DoctorReport report = DoctorReport.Of(HandMadeMachine.Whole with { Cache = small });
        Check disk = report.Profiles[1].Checks.Single(c => c.State == CheckState.Missing);
        disk.Detail.Should().Be("gradient sums take 466 GB, and 100 GB are free in /cache");
        disk.Fix.Should().Contain("--cache");
    }

    [Test]
    public void A_cache_or_history_that_can_t_be_written_is_no_hindrance()
    {
        FolderFacts closed = new("/closed", 0, "Read-only file system");
        DoctorReport report = DoctorReport.Of(HandMadeMachine.Whole with { Cache = closed, Data = closed });
        report.CanRunTiny.Should().BeTrue();
        Note(Machine(report, "results")).Fix.Should().Contain("XDG_CACHE_HOME");
        Note(Machine(report, "history")).Fix.Should().Contain("XDG_DATA_HOME");
    }

    [Test]
    public void Each_way_of_not_using_a_gpu_has_its_own_advice()
    {
        Gpu(m => m with { Torch = m.Torch with { Devices = 0 } }).Fix.Should().Contain("driver for CUDA 12.8");
        Gpu(m => m with { Torch = m.Torch with { Devices = 0, HasCuda = false } }).Fix
            .Should().Contain("TorchBackend=cuda").And.Contain("REPRO_LIBTORCH");
        Note(Gpu(m => m with { Gpus = new ProgramAnswer(null, "nvidia-smi does not answer within 5 s") }))
            .Detail.Should().Contain("does not answer");
        Check none = Note(Gpu(m => m with { Gpus = new ProgramAnswer(null, null), Torch = m.Torch with { Devices = 0, HasCuda = false } }));
        none.Detail.Should().Contain("nvidia-smi is not installed");
        none.Fix.Should().BeNull();
        Gpu(m => m with { Gpus = new ProgramAnswer(null, null) }).State.Should().Be(CheckState.Ok, "libtorch can use one");
    }

    [Test]
    public void A_libstdcxx_that_is_too_old_is_fine_with_the_adjusted_copy_alone()
    {
        StandardLibrary(new("/lib/libstdc++.so.6", false, "/cache/native/libLibTorchSharp.so")).State.Should().Be(CheckState.Ok);
        Check old = Note(StandardLibrary(new("/lib/libstdc++.so.6", false, null)));
        old.Detail.Should().Contain("lacks GLIBCXX_3.4.32");
        old.Fix.Should().NotBeNull();
        StandardLibrary(new(null, false, null)).State.Should().Be(CheckState.Note);
    }

    [Test]
    public void What_only_some_need_is_a_note()
    {
        DoctorReport report = DoctorReport.Of(
            HandMadeMachine.Whole with { Sdks = [], Slurm = new ProgramAnswer(null, null), Features = [], Processor = null });
        report.CanRunTiny.Should().BeTrue();
        Note(Machine(report, ".NET")).Fix.Should().Contain(".NET 10 SDK");
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
        text.Split('\n').Where(l => l.Length > 80).Should().BeEmpty();
        text.Split('\n').Should().AllSatisfy(l =>
            l.Should().MatchRegex("^($|✓ ok |! note |✗ missing |✗ can't run profile |      |'repro verify')"));
        text.Should().Contain("✗ can't run profile tiny").And.Contain("→ set REPRO_THING to its folder")
            .And.EndWith("mend what is missing for the profile tiny.\n");
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

    private static Check Note(Check check)
    {
        check.State.Should().Be(CheckState.Note, check.Subject);
        return check;
    }

    private static Check Machine(DoctorReport report, string subject) => report.Machine.Single(c => c.Subject == subject);

    private static Check Gpu(Func<MachineFacts, MachineFacts> change) => Machine(DoctorReport.Of(change(HandMadeMachine.Whole)), "GPU");

    private static Check StandardLibrary(StandardLibraryFacts facts) =>
        Machine(DoctorReport.Of(HandMadeMachine.Whole with { StandardLibrary = facts }), "libstdc++");
}
