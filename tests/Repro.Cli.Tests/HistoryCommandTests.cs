using System.Text;
using System.Text.Json;

namespace Repro.Cli.Tests;

/// <summary>Runs are recorded beside what <c>verify</c> says, and nothing about the recording changes that.</summary>
public sealed class HistoryCommandTests
{
    private static TemporaryFolder cache = null!;
    private TemporaryFolder folder = null!;

    // With samples and documents of its own every claim is expected to hold, and this one does.
    private static string[] Small => ["verify", "--claims", "figure-02", "--samples", "6", "--test-documents", "2", "--cache", cache.Path];

    private string History => folder.File("history.db");

    [OneTimeSetUp]
    public static void MeasureOnce()
    {
        cache = new TemporaryFolder();
        ReproProcess.Run([.. Small, "--no-history"]).ExitCode.Should().Be(0);
    }

    [OneTimeTearDown]
    public static void Forget() => cache.Dispose();

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Verifications_are_listed_shown_and_compared()
    {
        Dictionary<string, string> environment =
            new() { ["XDG_DATA_HOME"] = folder.Path, ["OMP_NUM_THREADS"] = "1", ["MY_PASSWORD"] = "not-to-be-stored" };
        for (int i = 0; i < 2; i++)
        {
            ReproOutcome verified = ReproProcess.Run(environment, Small);
            verified.ExitCode.Should().Be(0, verified.Error);
            verified.Error.Should().NotContain("not recorded");
        }

        string file = folder.File("repro/history.db");
        ReproProcess.Run(environment, [.. Small, "--no-history"]).ExitCode.Should().Be(0);
        Encoding.Latin1.GetString(File.ReadAllBytes(file))
            .Should().Contain("OMP_NUM_THREADS").And.NotContain("MY_PASSWORD").And.NotContain("not-to-be-stored");

        ReproOutcome list = ReproProcess.Run(environment, "history");
        list.ExitCode.Should().Be(0, list.Error);
        list.Output.Split('\n').Should().HaveCount(5, "a heading, two runs, a legend").And.OnlyContain(l => l.Length <= 80);
        list.Output.Should().Contain("1/0/0/0 ✓");

        using JsonDocument runs = JsonDocument.Parse(ReproProcess.Run(environment, "history", "--json", "--last", "1").Output);
        runs.RootElement.GetArrayLength().Should().Be(1);
        runs.RootElement[0].GetProperty("id").GetInt32().Should().Be(2);
        runs.RootElement[0].GetProperty("environment").GetProperty("command").GetString()
            .Should().Be("repro verify --claims figure-02 --samples 6 --test-documents 2");

        ReproProcess.Run("history", "show", "figure-02-concentrated", "--history", file).Output.Should().Contain("✓  Holds").And.Contain("tiny, checkpoint tiny, cpu");
        ReproOutcome drift = ReproProcess.Run("history", "drift", "--profile", "tiny", "--history", file);
        drift.ExitCode.Should().Be(0, drift.Error);
        drift.Output
            .Should().MatchRegex(@"run 2 \(.*\) beside 1 earlier run").And.MatchRegex(@"\n0 of \d\d numbers drifted, 0 verdicts changed\.");
    }

    [Test]
    public void A_drift_makes_the_exit_code_1()
    {
        ReproProcess.Run([.. Small, "--history", History]).ExitCode.Should().Be(0);
        using (Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={History};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE measurement SET value = value + 10 * tolerance WHERE series = 3";
            command.ExecuteNonQuery();
        }

        ReproProcess.Run([.. Small, "--history", History]).ExitCode.Should().Be(0, "a drift is no verdict");
        ReproOutcome drift = ReproProcess.Run("history", "drift", "--json", "--history", History);
        drift.ExitCode.Should().Be(1, drift.Error);
        JsonDocument.Parse(drift.Output).RootElement.GetProperty("numbers").EnumerateArray().Single().GetProperty("kind").GetString()
            .Should().Be("BeyondTolerance");
    }

    [Test]
    public void Processes_that_verify_at_once_are_all_recorded()
    {
        Task<ReproOutcome>[] runs =
            [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReproProcess.Run([.. Small, "--history", History])))];
        Task.WaitAll(runs);
        runs.Select(r => r.Result.ExitCode).Should().Equal(0, 0, 0, 0);
        using JsonDocument list = JsonDocument.Parse(ReproProcess.Run("history", "--json", "--history", History).Output);
        list.RootElement.EnumerateArray().Select(r => r.GetProperty("id").GetInt32()).Should().Equal(1, 2, 3, 4);
    }

    [Test]
    public void A_corrupt_history_costs_the_record_only_and_is_left_alone()
    {
        string text = new('x', 5000);
        folder.Write("history.db", text);
        NotRecorded(History, "is no history or is damaged");
        ReproOutcome list = ReproProcess.Run("history", "--history", History);
        list.ExitCode.Should().Be(2);
        list.Error.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain(History).And.Contain("move it away");
        File.ReadAllText(History).Should().Be(text);
    }

    [Test]
    public void A_read_only_history_costs_the_record_only_and_can_still_be_read()
    {
        using SmallDisk disk = new(folder.File("disk"), megabytes: 8);
        ReproProcess.Run([.. Small, "--history", disk.File("history.db")]).ExitCode.Should().Be(0);
        disk.MakeReadOnly();
        NotRecorded(disk.File("history.db"), "read-only");
        NotRecorded(disk.File("new/history.db"), "Read-only");
        ReproProcess.Run("history", "--history", disk.File("history.db")).Output.Should().Contain("1/0/0/0");
        ReproProcess.Run("history", "drift", "--history", disk.File("history.db")).ExitCode.Should().Be(0);
    }

    [Test]
    public void A_full_disk_costs_the_record_only_and_earlier_runs_stay()
    {
        using SmallDisk disk = new(folder.File("disk"), megabytes: 1);
        ReproProcess.Run([.. Small, "--history", disk.File("history.db")]).ExitCode.Should().Be(0);
        byte[] before = File.ReadAllBytes(disk.File("history.db"));
        Fill(disk.File("filler"));
        NotRecorded(disk.File("history.db"), "its disk is full");
        NotRecorded(disk.File("new.db"), "its disk is full");
        File.Delete(disk.File("filler"));
        File.ReadAllBytes(disk.File("history.db")).Should().Equal(before);
        ReproProcess.Run([.. Small, "--history", disk.File("history.db")]).Error.Should().NotContain("not recorded");
        ReproProcess.Run("history", "--history", disk.File("history.db")).Output.Should().Contain("\n  2 ");
    }

    [Test]
    public void Without_a_history_the_sentence_says_how_to_begin_one()
    {
        ReproOutcome outcome = ReproProcess.Run("history", "drift", "--history", History);
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("There is no history in").And.Contain("'repro verify' begins one");
    }

    [TestCase("--last", "0")]
    [TestCase("--last", "-3")]
    public void A_senseless_number_of_runs_is_refused(params string[] arguments) =>
        ReproProcess.Run(["history", .. arguments]).ExitCode.Should().Be(2);

    private static void NotRecorded(string file, string why)
    {
        ReproOutcome outcome = ReproProcess.Run([.. Small, "--history", file]);
        outcome.ExitCode.Should().Be(0, outcome.Error);
        outcome.Output.Should().Contain("Every claim holds.");
        outcome.Error.Trim().Split('\n').Where(l => l.StartsWith("repro:", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().StartWith("repro: this run is not recorded: ").And.Contain(why).And.Contain(Path.GetDirectoryName(file));
    }

    // Until not one byte more fits.
    private static void Fill(string path)
    {
        using FileStream filler = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
        }
    }
}
