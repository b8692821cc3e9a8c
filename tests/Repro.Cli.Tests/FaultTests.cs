using System.Globalization;

namespace Repro.Cli.Tests;

/// <summary>
/// What goes wrong around a run, and what becomes of it; the cases below are the table. A full disk is in <see cref="FullDiskTests"/>, kills and two
/// runs at once on one store in <see cref="SurvivalTests"/>.
/// </summary>
public sealed class FaultTests
{
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    private readonly TemporaryFolder undisturbed = new();
    private readonly Dictionary<FaultWork, string> expected = [];
    private string kept = "";

    private static IEnumerable<FaultCase> Table()
    {
        yield return new("The_clock_is_20_years_behind", FaultWork.Perplexity, FaultEnd.SameResults, null, scene => SetClock(scene, "-20y"));
        yield return new("The_clock_is_20_years_ahead", FaultWork.VerifyAgain, FaultEnd.SameResults, null, scene => SetClock(scene, "+20y"));
        yield return new("The_clock_jumps_by_years_forth_and_back", FaultWork.Importance, FaultEnd.SameResults, null, JumpingClock);
        yield return new("TMPDIR_is_missing", FaultWork.VerifyAgain, FaultEnd.SameResults, null, scene => scene.Environment["TMPDIR"] = scene.File("gone"));
        yield return new("TMPDIR_is_missing_and_nothing_is_kept", FaultWork.Verify, FaultEnd.OneSentence, "gone", scene =>
        {
            scene.Environment["TMPDIR"] = scene.File("gone");
            scene.KeepsNothing = true;
        });
        yield return new("The_language_is_Turkish", FaultWork.Perplexity, FaultEnd.SameResults, null, scene => SetLocale(scene, "tr_TR.UTF-8"));
        yield return new("The_language_is_Turkish_in_a_verification", FaultWork.VerifyAgain, FaultEnd.SameResults, null, scene => SetLocale(scene, "tr_TR.UTF-8"));
        yield return new("The_language_is_Arabic", FaultWork.VerifyAgain, FaultEnd.SameResults, null, scene => SetLocale(scene, "ar_SA.UTF-8"));
        yield return new("There_is_1_thread", FaultWork.Importance, FaultEnd.SameResults, null, scene => SetThreads(scene, 1));
        yield return new("There_are_8_threads", FaultWork.Importance, FaultEnd.SameResults, null, scene => SetThreads(scene, 8));
        yield return new("There_are_8_threads_in_forward_passes", FaultWork.Perplexity, FaultEnd.SameResults, null, scene => SetThreads(scene, 8));
        yield return new("The_output_folder_is_removed_during_the_run", FaultWork.VerifyAgain, FaultEnd.SameResults, null, scene =>
        {
            Directory.CreateDirectory(scene.Output);
            bool removed = false;
            scene.Meanwhile = () =>
            {
                if (!removed)
                    Directory.Delete(scene.Output);
                removed = true;
            };
        });
        yield return new("The_store_is_removed_during_the_run", FaultWork.Verify, FaultEnd.GoesOn, null, scene =>
        {
            bool begun = false;
            bool removed = false;
            scene.Meanwhile = () =>
            {
                if (removed || !Directory.Exists(scene.Cache) || (!begun && Files(scene.Cache, "*.safetensors").Length < 3))
                    return;
                begun = true;
                try
                {
                    Directory.Delete(scene.Cache, recursive: true);
                    removed = true;
                }
                catch (IOException)
                {
                    // The run has written into it meanwhile; the next round removes that too.
                }
            };
        });
        yield return new("Every_kept_file_is_damaged", FaultWork.Verify, FaultEnd.SameResults, "is made again", scene =>
        {
            scene.CopyKept();
            foreach (string file in Files(scene.Cache, "*.safetensors").Concat(Files(scene.Cache, "*.json")))
                Damage(file);
        });
        yield return new("Every_kept_file_is_empty", FaultWork.Verify, FaultEnd.SameResults, "is made again", scene =>
        {
            scene.CopyKept();
            foreach (string file in Files(scene.Cache, "*.safetensors").Concat(Files(scene.Cache, "*.json")))
                File.WriteAllBytes(file, []);
        });
    }

    [OneTimeSetUp]
    public void Undisturbed()
    {
        foreach (FaultWork work in Enum.GetValues<FaultWork>())
        {
            FaultScene scene = new(undisturbed, kept) { Output = undisturbed.File($"{work}") };
            ReproOutcome outcome = scene.Run(work);
            outcome.ExitCode.Should().Be(0, outcome.Error);
            expected[work] = scene.Results(work, outcome);
            kept = scene.Cache;
        }

        expected[FaultWork.VerifyAgain].Should().Be(expected[FaultWork.Verify]);
    }

    [OneTimeTearDown]
    public void Remove() => undisturbed.Dispose();

    [TestCaseSource(nameof(Names))]
    public void A_run_goes_on_or_says_why_not(string fault)
    {
        FaultCase row = Table().Single(c => c.Name == fault);
        using TemporaryFolder folder = new();
        FaultScene scene = new(folder, kept);
        row.Disturb(scene);
        ReproOutcome outcome = scene.Run(row.Work);
        TestContext.Out.WriteLine($"{row.Name} ({row.Work}): exit code {outcome.ExitCode}; {outcome.Error.Trim().Split('\n')[^1]}");
        outcome.Error.Should().NotContain("   at ");
        if (row.Says is { } says)
            outcome.Error.Should().Contain(says);
        if (row.End == FaultEnd.GoesOn && outcome.ExitCode != 0)
        {
            BeOneSentence(outcome);
            scene.Meanwhile = null;
            outcome = scene.Run(row.Work);
        }

        if (row.End == FaultEnd.OneSentence)
        {
            BeOneSentence(outcome);
            return;
        }

        outcome.ExitCode.Should().Be(0, outcome.Error);
        scene.Results(row.Work, outcome).Should().Be(expected[row.Work]);
    }

    [Test]
    public void A_read_only_output_folder_is_named()
    {
        using TemporaryFolder folder = new();
        using SmallDisk disk = new(folder.File("disk"), megabytes: 1);
        disk.MakeReadOnly();
        foreach (FaultWork work in new[] { FaultWork.VerifyAgain, FaultWork.Importance })
        {
            ReproOutcome outcome = new FaultScene(folder, kept) { Output = disk.Path }.Run(work);
            BeOneSentence(outcome);
            outcome.Error.Should().Contain(disk.Path);
        }
    }

    [Test]
    public void A_read_only_store_is_said_and_done_without()
    {
        using TemporaryFolder folder = new();
        using SmallDisk disk = new(folder.File("disk"), megabytes: 1);
        disk.MakeReadOnly();
        FaultScene scene = new(folder, kept) { Cache = Path.Combine(disk.Path, "cache") };
        ReproOutcome outcome = scene.Run(FaultWork.Verify);
        outcome.ExitCode.Should().Be(0, outcome.Error);
        outcome.Error.Should().Contain("can't be written").And.Contain("for this run only");
        scene.Results(FaultWork.Verify, outcome).Should().Be(expected[FaultWork.Verify]);
    }

    private static IEnumerable<string> Names() => Table().Select(c => c.Name);

    private static void BeOneSentence(ReproOutcome outcome)
    {
        outcome.ExitCode.Should().Be(3, outcome.Error);
        outcome.Error.Should().NotContain("   at ");
        outcome.Error.Trim().Split('\n')[^1].Should().StartWith("repro: ").And.EndWith(".");
    }

    private static void SetClock(FaultScene scene, string offset)
    {
        if (!File.Exists(FakeTime))
            Assert.Ignore($"Another clock is shown to the run by {FakeTime}, which is not installed; install faketime for this one.");
        scene.Environment["LD_PRELOAD"] = FakeTime;
        scene.Environment["FAKETIME"] = offset;
        scene.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
    }

    private static void JumpingClock(FaultScene scene)
    {
        SetClock(scene, "");
        scene.Environment.Remove("FAKETIME");
        string clock = scene.File("clock");
        File.WriteAllText(clock, "+0");
        scene.Environment["FAKETIME_TIMESTAMP_FILE"] = clock;
        scene.Environment["FAKETIME_NO_CACHE"] = "1";
        int jumps = 0;
        scene.Meanwhile = () => File.WriteAllText(clock, string.Create(CultureInfo.InvariantCulture, $"{(++jumps % 2 == 0 ? '+' : '-')}{jumps % 30}y"));
    }

    // Where the runtime is asked to use the system's languages, numbers, casing and order stay all the same.
    private static void SetLocale(FaultScene scene, string name)
    {
        scene.Environment["LANG"] = name;
        scene.Environment["LC_ALL"] = name;
        scene.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0";
    }

    private static void SetThreads(FaultScene scene, int count)
    {
        scene.Environment["OMP_NUM_THREADS"] = count.ToString(CultureInfo.InvariantCulture);
        scene.Environment["MKL_NUM_THREADS"] = count.ToString(CultureInfo.InvariantCulture);
    }

    private static void Damage(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(file, bytes);
    }

    private static string[] Files(string folder, string pattern)
    {
        try
        {
            return [.. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith('.'))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
