using Repro.Engine.Evaluation;
using Repro.Harness.Measuring;
using Repro.Harness.Store;

namespace Repro.Harness.Tests.Store;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ResultStoreTests : IDisposable
{
    private static readonly double[] Odd = [0.1 + 0.2, 1.0 / 3, double.Epsilon, double.MaxValue, -0.0, 1e23, 5e-324, Math.PI];
    private readonly string folder = Directory.CreateTempSubdirectory("repro-results-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Numbers_come_back_bit_for_bit_in_a_second_store()
    {
        new ResultStore(folder).Keep("key", new StoredScores(Odd, [7, 1]));
        ResultStore second = new(folder);
        StoredScores found = second.Find<StoredScores>("key")!;
        Bits(found.Nll).Should().Equal(Bits(Odd));
        found.Tokens.Should().Equal(7, 1);
        second.Recalled.Should().Be(1);
    }

    [Test]
    public void Numbers_that_json_has_no_word_for_come_back_too()
    {
        double[] exploded = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        new ResultStore(folder).Keep("key", new StoredScores(exploded, [1, 2, 3]));
        new ResultStore(folder).Find<StoredScores>("key")!.Nll.Should().Equal(exploded);
    }

    [Test]
    public void A_measurement_survives_its_file()
    {
        Measurement measurement = new([new DocumentScore(1.0 / 3, 5), new DocumentScore(2e8, 1)]);
        new ResultStore(folder).Keep("key", StoredScores.Of(measurement));
        new ResultStore(folder).Find<StoredScores>("key")!.ToMeasurement().Documents.Should().Equal(measurement.Documents);
    }

    [Test]
    public void A_quantity_survives_its_file()
    {
        new ResultStore(folder).Keep("key", new Resampled(0.1 + 0.2, Odd));
        Resampled found = new ResultStore(folder).Find<Resampled>("key")!;
        found.Value.Should().Be(0.1 + 0.2);
        Bits(found.Draws).Should().Equal(Bits(Odd));
    }

    [Test]
    public void A_region_whose_stability_was_not_measured_survives_its_file()
    {
        RegionFacts region = new(3, 1L << 40, IsDifference: false, new Dictionary<string, long> { ["Model.Layers"] = 3 }, "ab", TiesAtThreshold: null, HalfOverlap: null);
        new ResultStore(folder).Keep("key", region);
        new ResultStore(folder).Find<RegionFacts>("key").Should().BeEquivalentTo(region);
    }

    [Test]
    public void What_was_not_kept_is_not_found() => new ResultStore(folder).Find<StoredScores>("key").Should().BeNull();

    [Test]
    public void A_result_is_made_once()
    {
        int made = 0;
        ResultStore store = new(folder);
        for (int i = 0; i < 3; i++)
            store.Get("key", Make).Tokens.Should().Equal(1);
        new ResultStore(folder).Get("key", Make);
        made.Should().Be(1);

        StoredScores Make() => new([0.5], [++made]);
    }

    [TestCase("")]
    [TestCase("not json")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"key":"key"}""")]
    [TestCase("""{"key":"key","result":null}""")]
    [TestCase("""{"key":"key","result":{"nll":[1],"tok""")]
    [TestCase("""{"key":"key","result":{"nll":"much","tokens":[1]}}""")]
    [TestCase("""{"key":"key","result":{}}""")]
    [TestCase("""{"key":"key","result":{"nll":null,"tokens":[1]}}""")]
    [TestCase("""{"key":"another key","result":{"nll":[1],"tokens":[1]}}""")]
    public void A_corrupt_or_foreign_file_counts_as_absent_and_is_replaced(string content)
    {
        ResultStore first = new(folder);
        first.Keep("key", new StoredScores([2], [2]));
        File.WriteAllText(OnlyFile(), content);
        ResultStore second = new(folder);
        second.Find<StoredScores>("key").Should().BeNull();
        second.Recalled.Should().Be(0);
        second.Get("key", () => new StoredScores([3], [3]));
        new ResultStore(folder).Find<StoredScores>("key")!.Nll.Should().Equal(3);
    }

    [Test]
    public void A_missing_folder_is_made_when_it_is_needed()
    {
        string missing = Path.Combine(folder, "a", "b");
        new ResultStore(missing).Find<StoredScores>("key").Should().BeNull();
        Directory.Exists(missing).Should().BeFalse();
        new ResultStore(missing).Keep("key", new StoredScores([2], [2]));
        new ResultStore(missing).Find<StoredScores>("key").Should().NotBeNull();
    }

    [Test]
    public void A_folder_that_can_not_be_written_costs_no_result()
    {
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        ResultStore store = new(Path.Combine(file, "results"));
        store.Get("key", () => new StoredScores([2], [2])).Nll.Should().Equal(2);
        store.Find<StoredScores>("key").Should().NotBeNull("this run still has it");
        new ResultStore(Path.Combine(file, "results")).Find<StoredScores>("key").Should().BeNull();
    }

    [Test]
    public void A_read_only_folder_costs_no_result()
    {
        DirectoryInfo results = Directory.CreateDirectory(Path.Combine(folder, "results"));
        results.Attributes |= FileAttributes.ReadOnly;
        ResultStore store = new(results.FullName);

        // The superuser writes nevertheless.
        store.Get("key", () => new StoredScores([2], [2])).Nll.Should().Equal(2);
        store.Find<StoredScores>("key").Should().NotBeNull();
    }

    [Test]
    public void A_folder_in_the_place_of_a_file_costs_no_result()
    {
        new ResultStore(folder).Keep("key", new StoredScores([2], [2]));
        string file = OnlyFile();
        File.Delete(file);
        Directory.CreateDirectory(file);
        new ResultStore(folder).Get("key", () => new StoredScores([3], [3])).Nll.Should().Equal(3);
    }

    [Test]
    public void Without_a_folder_a_result_lives_as_long_as_its_store()
    {
        ResultStore store = new(null);
        store.Keep("key", new StoredScores([2], [2]));
        store.Find<StoredScores>("key")!.Nll.Should().Equal(2);
        new ResultStore(null).Find<StoredScores>("key").Should().BeNull();
        Directory.EnumerateFileSystemEntries(folder).Should().BeEmpty();
    }

    [TestCase("key", "Key")]
    [TestCase("key", "key ")]
    [TestCase("", "\n")]
    [TestCase("a/../b", "b")]
    [TestCase("é", "e\u0301")]
    public void Different_keys_have_results_of_their_own(string one, string other)
    {
        ResultStore store = new(folder);
        store.Keep(one, new StoredScores([1], [1]));
        store.Keep(other, new StoredScores([2], [2]));
        ResultStore second = new(folder);
        second.Find<StoredScores>(one)!.Nll.Should().Equal(1);
        second.Find<StoredScores>(other)!.Nll.Should().Equal(2);
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Should().HaveCount(2);
    }

    [Test]
    public void Two_stores_that_keep_the_same_key_at_once_leave_a_whole_result_and_no_temporary()
    {
        for (int round = 0; round < 50; round++)
        {
            string key = $"key {round}";
            Parallel.For(0, 4, i => new ResultStore(folder).Keep(key, new StoredScores([.. Enumerable.Repeat((double)i, 1000)], [i])));
            StoredScores? found = new ResultStore(folder).Find<StoredScores>(key);
            found.Should().NotBeNull(key);
            found!.Nll.Should().HaveCount(1000).And.OnlyContain(v => v == found.Tokens[0]);
        }

        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Should().HaveCount(50).And.OnlyContain(f => f.EndsWith(".json"));
    }

    private static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);

    private string OnlyFile() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Single();
}
