using System.Diagnostics;
using Repro.Report.Doctor;

namespace Repro.Report.Tests.Doctor;

public sealed class ProgramCallTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Test]
    public void An_answer_is_its_lines() =>
        ProgramCall.Ask(Limit, "printf", "one\ntwo\n\n").Should().BeEquivalentTo(new ProgramAnswer(["one", "two"], null));

    [Test]
    public void A_program_that_is_not_installed_has_neither_answer_nor_problem() =>
        ProgramCall.Ask(Limit, "no-such-program-anywhere").Should().Be(new ProgramAnswer(null, null));

    [Test]
    public void A_program_that_fails_is_quoted()
    {
        ProgramAnswer answer = ProgramCall.Ask(Limit, "bash", "-c", "echo 'the driver is gone' >&2; exit 9");
        answer.Lines.Should().BeNull();
        answer.Problem.Should().Be("bash ends with exit code 9: the driver is gone");
    }

    [TestCase("sleep 60")]
    [TestCase("sleep 60 & echo done", Description = "a child that keeps the output open")]
    public void A_program_that_hangs_is_ended(string script)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ProgramCall.Ask(TimeSpan.FromSeconds(0.5), "bash", "-c", script).Problem.Should().Be("bash does not answer within 0.5 s");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(15));
    }

    [Test]
    public void A_folder_that_can_t_be_written_has_the_reason_and_one_to_come_is_judged_by_what_is_there()
    {
        MachineProbe.Folder("/proc/nothing/below").Problem.Should().NotBeNullOrEmpty();
        string temporary = Directory.CreateTempSubdirectory("repro-doctor-").FullName;
        try
        {
            FolderFacts facts = MachineProbe.Folder(Path.Combine(temporary, "to", "come"));
            facts.Problem.Should().BeNull();
            facts.Free.Should().BePositive();
            Directory.GetFileSystemEntries(temporary).Should().BeEmpty("looking leaves nothing behind");
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }
}
