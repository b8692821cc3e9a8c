using Repro.Engine.Safetensors;
using Repro.Paper.Results;
using static TorchSharp.torch;

namespace Repro.Paper.Tests.Results;

/// <summary>What befalls a large result: damage, loss, another run, a killed run, another build.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ArtifactStoreTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("repro-artifacts-").FullName;
    private readonly List<string> notices = [];
    private int made;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Test]
    public void It_is_made_once_and_found_by_the_next_run()
    {
        Value(Open()).Should().Be(1);
        Value(Open()).Should().Be(1);
        (made, notices.Count).Should().Be((1, 0));
    }

    [TestCase(-1, TestName = "A changed number is noticed")]
    [TestCase(0, TestName = "A changed length of the header is noticed")]
    [TestCase(12, TestName = "A changed header is noticed")]
    public void A_changed_byte_is_named_and_the_file_made_again(int at)
    {
        Value(Open());
        byte[] bytes = File.ReadAllBytes(OnlyFile());
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x40;
        File.WriteAllBytes(OnlyFile(), bytes);
        Value(Open()).Should().Be(2);
        notices.Should().ContainSingle().Which.Should().Contain(OnlyFile());
        Value(Open()).Should().Be(2, "what was made again stays");
    }

    [Test]
    public void A_truncated_file_is_named_and_made_again()
    {
        Value(Open());
        using (FileStream stream = File.OpenWrite(OnlyFile()))
            stream.SetLength(stream.Length - 2);
        Value(Open()).Should().Be(2);
        notices.Should().ContainSingle();
    }

    [Test]
    public void A_file_of_another_key_in_its_place_is_not_believed()
    {
        Value(Open(), "other");
        string foreign = OnlyFile();
        Value(Open());
        string own = Directory.GetFiles(root, "*.safetensors", SearchOption.AllDirectories).Single(f => f != foreign);
        File.Copy(foreign, own, overwrite: true);
        Value(Open()).Should().Be(3);
        notices.Should().ContainSingle();
    }

    [Test]
    public void A_vanished_file_is_made_again_without_a_word()
    {
        ArtifactStore store = Open();
        Value(store);
        File.Delete(OnlyFile());
        Value(store).Should().Be(2);
        notices.Should().BeEmpty();
    }

    [Test]
    public void A_file_that_vanishes_while_it_is_read_is_read_to_its_end()
    {
        using SafetensorsFile file = Open().Get("key", Make);
        File.Delete(OnlyFile());
        file.Read("a").data<float>()[0].Should().Be(1);
    }

    [Test]
    public void What_a_dead_process_left_half_written_is_removed_and_what_a_living_one_writes_is_not()
    {
        Value(Open());
        string folder = Path.GetDirectoryName(OnlyFile())!;
        string dead = Path.Combine(folder, $".x.safetensors.{int.MaxValue}.1.{Environment.MachineName}.tmp");
        string living = Path.Combine(folder, $".x.safetensors.{Environment.ProcessId}.1.{Environment.MachineName}.tmp");
        string elsewhere = Path.Combine(folder, $".x.safetensors.{int.MaxValue}.1.another-machine.tmp");
        string[] all = [dead, living, elsewhere];
        foreach (string path in all)
            File.WriteAllText(path, "");
        _ = new ResultStore(root).Artifacts;
        all.Select(File.Exists).Should().Equal(false, true, true);
    }

    [Test]
    public void What_another_build_kept_goes_when_no_run_has_used_it_for_a_day()
    {
        string old = Directory.CreateDirectory(Path.Combine(root, "0123456789abcdef")).FullName;
        string recent = Directory.CreateDirectory(Path.Combine(root, "fedcba9876543210")).FullName;
        foreach (string folder in new[] { old, recent })
            File.WriteAllText(Path.Combine(folder, "used"), "");
        File.SetLastWriteTimeUtc(Path.Combine(old, "used"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));
        Open();
        Directory.Exists(old).Should().BeFalse();
        Directory.Exists(recent).Should().BeTrue();
    }

    [Test]
    public void A_folder_appears_whole_and_is_made_once()
    {
        string path = Open().EnsureFolder("folder", folder => Directory.CreateDirectory(folder));
        Directory.Exists(path).Should().BeTrue();
        Open().EnsureFolder("folder", _ => throw new InvalidOperationException("it is there")).Should().Be(path);
    }

    [Test]
    public void A_folder_that_can_not_be_written_is_named_and_done_without()
    {
        string file = Path.Combine(root, "file");
        File.WriteAllText(file, "");
        ResultStore store = new(Path.Combine(file, "results"), notices.Add);
        Value(store.Artifacts).Should().Be(1);
        notices.Should().ContainSingle().Which.Should().Contain(file).And.Contain("for this run only");
    }

    private ArtifactStore Open() => new(root, notices.Add);

    private float Value(ArtifactStore store, string key = "key")
    {
        using SafetensorsFile file = store.Get(key, Make);
        return file.Read("a").data<float>()[0];
    }

    private void Make(string path, IReadOnlyDictionary<string, string> metadata)
    {
        using SafetensorsDraft draft = SafetensorsDraft.Create(path, [new TensorLayout("a", ScalarType.Float32, [4])], metadata, isSealed: true);
        draft.Write("a", full(4, ++made, ScalarType.Float32));
        draft.Commit();
    }

    private string OnlyFile() => Directory.GetFiles(root, "*.safetensors", SearchOption.AllDirectories).Single();
}
