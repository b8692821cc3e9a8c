using System.Globalization;
using Microsoft.Data.Sqlite;
using Repro.Engine.Files;
using Repro.Paper.Claims;
using Repro.Paper.Reporting;
using Repro.Report.History;

namespace Repro.Report.Tests.History;

/// <summary>The file itself: older, newer, foreign, damaged, locked, written by several at once, and left by a killed writer.</summary>
public sealed class HistoryFileTests
{
    private static readonly VerificationReport Some = HandMadeRun.Report(("base", 3.5), ("top 3%", 4.5));

    [Test]
    public void An_older_schema_is_brought_up_to_date_and_keeps_its_runs()
    {
        using HistoryFolder folder = new();
        HandMadeRun.Record(folder.Path, Some, Some);
        MakeOfSchema1(folder);

        RunHistory history = new(folder.Path);
        history.Runs(10).Select(r => (r.Id, r.Verdicts[VerdictKind.Holds])).Should().Equal((1, 1), (2, 1));
        history.Claim("table-14-top-3", 10).Should().HaveCount(2);
        history.Drift().Compared.Should().Be(0, "schema 1 had no measurements");
        history.Add(HandMadeRun.Results(Some), HandMadeRun.Noon);
        history.Add(HandMadeRun.Results(Some), HandMadeRun.Noon);
        history.Drift().Should().Match<DriftReport>(d => d.Compared == 3 && d.Earlier == 3);
        Version(folder).Should().Be(HistorySchema.Current);
    }

    [Test]
    public void A_run_is_added_to_an_older_schema_too()
    {
        using HistoryFolder folder = new();
        HandMadeRun.Record(folder.Path, Some);
        MakeOfSchema1(folder);
        HandMadeRun.Record(folder.Path, Some).Runs(10).Should().HaveCount(2);
    }

    [Test]
    public void A_newer_schema_is_refused_and_left_alone()
    {
        using HistoryFolder folder = new();
        HandMadeRun.Record(folder.Path, Some);
        Execute(folder, "PRAGMA user_version = 99");
        Refused(folder, "*newer version of this program (schema 99; this one reads up to 2)*");
    }

    [Test]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        using HistoryFolder folder = new();
        Execute(folder, "CREATE TABLE bookmark (url TEXT)");
        Refused(folder, "*no history of this program's*");
    }

    [Test]
    public void A_table_of_another_form_is_refused_and_left_alone()
    {
        using HistoryFolder folder = new();
        HandMadeRun.Record(folder.Path, Some);
        Execute(folder, "DROP TABLE verdict; CREATE VIEW verdict AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i AS run, 'a' AS claim, 'Holds' AS verdict FROM n");
        Refused(folder, "*its tables are not those of schema 2*");
    }

    [TestCase("this is no database, but a page of text that somebody saved under the name of the history, long enough to have a header of its own\n")]
    [TestCase("SQLite format 3\0")]
    public void A_file_of_something_else_is_refused_and_left_alone(string content)
    {
        using HistoryFolder folder = new();
        File.WriteAllText(folder.Path, content);
        Refused(folder, "*is no history or is damaged*");
    }

    [Test]
    public void A_provenance_of_another_version_of_the_program_is_still_shown()
    {
        using HistoryFolder folder = new();
        HandMadeRun.Record(folder.Path, Some);
        Execute(folder, """UPDATE run SET provenance = '{"profile":"tiny","somethingOfItsOwn":1}', environment = '{}'""");
        RecordedRun run = new RunHistory(folder.Path).Runs(10).Single();
        run.Should().Match<RecordedRun>(r => r.Profile == "tiny" && r.Commit == null);
        HistoryJson.Of([run]).Should().Contain("somethingOfItsOwn");
        HistoryText.Of([run]).Should().Contain("cpu F32");
    }

    [Test]
    public void A_folder_is_no_history()
    {
        using HistoryFolder folder = new();
        RunHistory history = new(Path.GetDirectoryName(folder.Path)!);
        history.Invoking(h => h.Add(HandMadeRun.Results(Some), HandMadeRun.Noon)).Should().Throw<InputException>().WithMessage("*is a folder; name a file*");
    }

    [Test]
    public void A_missing_file_is_named_when_it_is_to_be_read()
    {
        using HistoryFolder folder = new();
        new RunHistory(folder.Path).Invoking(h => h.Runs(1)).Should().Throw<InputException>().WithMessage("There is no history in *'repro verify' begins one*");
    }

    [Test]
    public void A_damaged_page_or_a_cut_file_ends_in_a_sentence_or_in_what_can_still_be_read()
    {
        using HistoryFolder folder = new();
        HandMadeRun.Record(folder.Path, Some, Some, Some);
        byte[] whole = File.ReadAllBytes(folder.Path);
        Engine.Seeds.SplitMix random = new(5);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = i % 10 == 0 ? whole[..(int)(random.Next() % (ulong)whole.Length)] : [.. whole];
            for (int n = 0; n < 1 + (i % 40) && damaged.Length > 0; n++)
                damaged[(int)(random.Next() % (ulong)damaged.Length)] = (byte)random.Next();
            File.WriteAllBytes(folder.Path, damaged);
            try
            {
                RunHistory history = new(folder.Path);
                history.Runs(10);
                history.Claim("table-14-top-3", 10);
                history.Drift();
                history.Add(HandMadeRun.Results(Some), HandMadeRun.Noon);
            }
            catch (Exception e) when (e is InputException or IOException)
            {
                refused++;
                e.Message.Should().NotContain("\n");
            }
        }

        refused.Should().BeInRange(50, 300);
    }

    [Test]
    public void Writers_at_the_same_time_lose_nothing()
    {
        using HistoryFolder folder = new();
        const int Writers = 8;
        const int Each = 6;
        Thread[] threads = [.. Enumerable.Range(0, Writers).Select(w => new Thread(() =>
        {
            RunHistory own = new(folder.Path);
            for (int i = 0; i < Each; i++)
                own.Add(Results.Of(HandMadeRun.Environment, [new(string.Create(CultureInfo.InvariantCulture, $"{w}-{i}"), null, Some, [], [])], []), HandMadeRun.Noon);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        IReadOnlyList<RecordedRun> runs = new RunHistory(folder.Path).Runs(1000);
        runs.Select(r => r.Checkpoint).Should().OnlyHaveUniqueItems().And.HaveCount(Writers * Each);
        runs.Should().OnlyContain(r => r.Verdicts.Count == 1);
        new RunHistory(folder.Path).Drift().Should().Match<DriftReport>(d => d.Earlier == (Writers * Each) - 1 && d.Compared == 3 && !d.HasDrifted);
    }

    [Test]
    public void A_file_that_another_process_keeps_locked_is_an_error_after_a_while()
    {
        using HistoryFolder folder = new();
        HandMadeRun.Record(folder.Path, Some);
        using SqliteConnection other = folder.Open();
        using SqliteTransaction held = other.BeginTransaction(System.Data.IsolationLevel.Serializable);
        new RunHistory(folder.Path, TimeSpan.FromSeconds(1)).Invoking(h => h.Add(HandMadeRun.Results(Some), HandMadeRun.Noon)).Should().Throw<IOException>().WithMessage("*another process keeps it locked*");
    }

    [Test]
    public void What_a_killed_writer_left_half_written_is_undone_by_the_next()
    {
        using HistoryFolder folder = new();
        HandMadeRun.Record(folder.Path, Some, Some);
        using (SqliteConnection dying = folder.Open())
        {
            // With hardly any cache, pages of an unfinished transaction reach the file. The copy is what a SIGKILL at this moment leaves.
            dying.Execute("PRAGMA cache_size = 1");
            using SqliteTransaction unfinished = dying.BeginTransaction();
            dying.Execute("DELETE FROM run WHERE id = 1; UPDATE verdict SET reason = zeroblob(100000) || reason");
            for (int i = 0; i < 200; i++)
                dying.Execute($"INSERT INTO run (recorded, checkpoint, profile, device, subject, as_expected, provenance, environment) VALUES ('x', 'x', 'x', 'x', 'x', 0, '{new string('x', 2000)}', 'x')");
            File.Copy(folder.Path, folder.Other);
            File.Copy(folder.Path + "-journal", folder.Other + "-journal");
        }

        File.ReadAllBytes(folder.Other).Should().NotEqual(File.ReadAllBytes(folder.Path), "the copy holds a part of what was never finished");
        HandMadeRun.Record(folder.Other, Some).Runs(1000).Select(r => r.Checkpoint).Should().Equal("model-0", "model-0", "model-0");
    }

    private static void MakeOfSchema1(HistoryFolder folder) => Execute(folder, "DROP TABLE measurement; DROP TABLE series; PRAGMA user_version = 1");

    private static void Execute(HistoryFolder folder, string statements)
    {
        using SqliteConnection connection = folder.Open();
        connection.Execute(statements);
    }

    private static long Version(HistoryFolder folder)
    {
        using SqliteConnection connection = folder.Open();
        return connection.Number("PRAGMA user_version");
    }

    private static void Refused(HistoryFolder folder, string sentence)
    {
        byte[] before = File.ReadAllBytes(folder.Path);
        RunHistory history = new(folder.Path);
        history.Invoking(h => h.Add(HandMadeRun.Results(Some), HandMadeRun.Noon)).Should().Throw<InputException>().WithMessage(sentence);
        history.Invoking(h => h.Runs(10)).Should().Throw<InputException>().WithMessage(sentence);
        File.ReadAllBytes(folder.Path).Should().Equal(before);
    }
}
