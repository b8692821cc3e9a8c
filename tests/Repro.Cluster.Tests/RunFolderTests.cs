using Repro.Engine.Files;

namespace Repro.Cluster.Tests;

public sealed class RunFolderTests
{
    [Test]
    public void A_run_survives_its_file()
    {
        using PreparedRun run = new();
        RunFile file = run.File with { SlurmOptions = ["--partition=gpu"], Jobs = [new SubmittedJob("importance", "7")] };
        run.Folder.Save(file);
        run.Folder.Load().Should().BeEquivalentTo(file);
    }

    [Test]
    public void A_folder_without_a_run_is_named_with_what_makes_one()
    {
        using PreparedRun run = new();
        run.Folder.Invoking(f => f.Load()).Should().Throw<InputException>().WithMessage($"There is no run in {run.Folder.Location} *'repro verify --engine slurm'*");
    }

    [TestCase("{")]
    [TestCase("null")]
    [TestCase("""{ "program": ["repro"] }""")]
    [TestCase("""{ "program": null, "workingFolder": "/", "arguments": [], "attempts": 1, "slurmOptions": [], "stages": [] }""")]
    public void A_damaged_file_is_named(string json)
    {
        using PreparedRun run = new();
        AtomicFile.WriteText(Path.Combine(run.Folder.Location, "run.json"), json);
        run.Folder.Invoking(f => f.Load()).Should().Throw<InputException>().WithMessage("*run.json is damaged*");
    }

    [TestCase("/tmp/50%")]
    [TestCase("/tmp/a\\b")]
    [TestCase("/tmp/a\nb")]
    public void A_path_that_slurm_would_read_otherwise_is_refused(string path)
    {
        Action create = () => _ = new RunFolder(path);
        create.Should().Throw<InputException>().WithMessage("*choose another with --run*");
    }

    [Test]
    public void The_default_name_is_that_of_the_work_and_not_of_how_it_is_asked_for()
    {
        using PreparedRun run = new();
        string name = RunFolder.DefaultName(run.File);
        name.Should().MatchRegex("^slurm-[0-9a-f]{12}$");
        RunFolder.DefaultName(run.File with { Attempts = 9, SlurmOptions = ["--time=10"], Jobs = [new SubmittedJob("verdict", "1")] }).Should().Be(name);
        RunFolder.DefaultName(run.File with { Arguments = [] }).Should().NotBe(name);
        RunFolder.DefaultName(run.File with { Stages = [] }).Should().NotBe(name);
    }

    [Test]
    public void Preparing_the_same_work_again_keeps_its_jobs_and_takes_new_options()
    {
        using PreparedRun run = new();
        run.Prepare();
        run.Folder.Save(run.File with { Jobs = [new SubmittedJob("verdict", "9")] });
        run.File = run.File with { SlurmOptions = ["--time=10"], Attempts = 1 };
        run.Prepare().File.Jobs.Should().Equal(new SubmittedJob("verdict", "9"));
        File.ReadAllText(Path.Combine(run.Folder.Location, "scripts", "verdict.sbatch")).Should().Contain("#SBATCH --time=10");
    }

    [Test]
    public void A_folder_of_another_verification_is_refused()
    {
        using PreparedRun run = new();
        run.Prepare();
        run.File = run.File with { Arguments = ["--claims", "table-02"] };
        run.Invoking(r => r.Prepare()).Should().Throw<InputException>().WithMessage("*another verification (verify --claims table-01*");
    }

    [Test]
    public void A_folder_with_other_things_is_refused()
    {
        using PreparedRun run = new();
        AtomicFile.WriteText(Path.Combine(run.Folder.Location, "thesis.tex"), "");
        run.Invoking(r => r.Prepare()).Should().Throw<InputException>().WithMessage("*something else*");
    }

    [Test]
    public void No_attempt_at_all_is_refused()
    {
        using PreparedRun run = new(attempts: 0);
        run.Invoking(r => r.Prepare()).Should().Throw<InputException>().WithMessage("*--attempts*");
    }

    [Test]
    public void An_empty_stage_has_no_script()
    {
        using PreparedRun run = new();
        run.Prepare();
        Directory.EnumerateFiles(Path.Combine(run.Folder.Location, "scripts")).Select(Path.GetFileName)
            .Should().BeEquivalentTo("importance.sbatch", "measure.sbatch", "verdict.sbatch");
    }
}
