using System.Diagnostics;
using System.Text;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Checkpoints;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Files;

/// <summary>
/// What stands where a file should be: devices, pipes, folders and huge holes are refused at once, by whoever reads the file.
/// </summary>
public sealed class SpecialFileTests
{
    private const long Huge = 1L << 40;
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, (string File, Action<string> Read)> Readers = new(StringComparer.Ordinal)
    {
        ["configuration"] = ("config.json", folder => Checkpoint.ReadConfig(folder)),
        ["index"] = ("model.safetensors.index.json", folder => Checkpoint.Check(folder)),
        ["weights"] = ("model.safetensors", folder => Checkpoint.Load(folder).Dispose()),
        ["hash"] = ("model.safetensors", folder => Checkpoint.Hash(folder)),
        ["SentencePiece"] = ("tokenizer.model", folder => Tokenizer.Open(Path.Combine(folder, "tokenizer.model"))),
        ["byte-level"] = ("tokenizer.json", folder => Tokenizer.Open(Path.Combine(folder, "tokenizer.json"))),
        ["corpus"] = ("en.txt", folder => Corpus.Open(folder).Hash()),
        ["region"] = ("region.safetensors", folder => RegionFile.Load(Path.Combine(folder, "region.safetensors"))),
        ["token ids"] = ("ids.txt", folder => new DocumentReader(TinyModels.Config(), folder).TokenIds(Path.Combine(folder, "ids.txt"))),
    };

    private static readonly Dictionary<string, (string Message, Action<string> Make)> Things = new(StringComparer.Ordinal)
    {
        ["endless device"] = ("*device, a pipe or a socket*", path => File.CreateSymbolicLink(path, "/dev/zero")),
        ["empty device"] = ("*device, a pipe or a socket*", path => File.CreateSymbolicLink(path, "/dev/null")),
        ["pipe without a writer"] = ("*device, a pipe or a socket*", MakePipe),
        ["folder behind a link"] = ("*", path => File.CreateSymbolicLink(path, "/tmp")),
        ["circle of links"] = ("*", path => File.CreateSymbolicLink(path, path)),
        ["link to nothing"] = ("*", path => File.CreateSymbolicLink(path, "/nowhere/at/all")),
        ["hole of 1 TiB"] = ("*", MakeHole),
    };

    [Test]
    public void It_is_refused_at_once([ValueSource(nameof(ReaderNames))] string reader, [ValueSource(nameof(ThingNames))] string thing)
    {
        using SavedCheckpoint saved = new();
        (string file, Action<string> read) = Readers[reader];
        if (file.EndsWith("index.json", StringComparison.Ordinal))
            File.Delete(saved["model.safetensors"]);
        File.Delete(saved[file]);
        (string message, Action<string> make) = Things[thing];
        make(saved[file]);
        Task reading = Task.Run(() =>
            FluentActions.Invoking(() => read(saved.Root)).Should().ThrowExactly<InputException>().WithMessage(message));
        reading.Wait(AtOnce).Should().BeTrue("it must not wait for anything");
    }

    [TestCase(1L << 41)]
    [TestCase(100_000_001)]
    public void A_hole_behind_a_header_that_claims_much_is_refused(long claimed)
    {
        using TemporaryFolder folder = new();
        using (FileStream stream = File.Create(folder.File("w.safetensors")))
        {
            stream.Write(BitConverter.GetBytes(claimed));
            stream.SetLength(Huge);
        }

        Opening(folder.File("w.safetensors")).Should().ThrowExactly<InputException>().WithMessage("*claims*");
    }

    [Test]
    public void A_hole_with_a_header_that_describes_it_is_refused()
    {
        using TemporaryFolder folder = new();
        byte[] header = Encoding.ASCII.GetBytes($$$"""{"a":{"dtype":"U8","shape":[{{{Huge}}}],"data_offsets":[0,{{{Huge}}}]}}""");
        using (FileStream stream = File.Create(folder.File("w.safetensors")))
        {
            stream.Write(BitConverter.GetBytes((long)header.Length));
            stream.Write(header);
            stream.SetLength(sizeof(long) + header.Length + Huge);
        }

        Opening(folder.File("w.safetensors")).Should().ThrowExactly<InputException>()
            .WithMessage("*'a' needs 1099511627776 bytes, more than the 16 GiB*");
    }

    [Test]
    public void A_snapshot_of_Hugging_Faces_cache_is_links_to_blobs_and_loads()
    {
        using SavedCheckpoint saved = new(maxShardBytes: 1000);
        using TemporaryFolder cache = new();
        Directory.CreateDirectory(cache.File("blobs"));
        string snapshot = Directory.CreateDirectory(cache.File("snapshots/0123")).FullName;
        foreach (string name in saved.FileNames)
        {
            File.Copy(saved[name], cache.File($"blobs/blob-of-{name}"));
            File.CreateSymbolicLink(Path.Combine(snapshot, name), $"../../blobs/blob-of-{name}");
        }

        using LlamaModel model = Checkpoint.Load(snapshot);
        Checkpoint.Hash(snapshot).Should().Be(Checkpoint.Hash(saved.Root));
    }

    [Test]
    public void Shards_may_be_links_into_a_cache_while_the_index_is_a_file()
    {
        using SavedCheckpoint saved = new(maxShardBytes: 1000);
        using TemporaryFolder elsewhere = new();
        foreach (string shard in saved.FileNames.Where(n => n.EndsWith(".safetensors", StringComparison.Ordinal)))
        {
            File.Move(saved[shard], elsewhere.File(shard));
            File.CreateSymbolicLink(saved[shard], elsewhere.File(shard));
        }

        saved.Loading.Should().NotThrow();
        FluentActions.Invoking(() => Checkpoint.Hash(saved.Root)).Should().NotThrow();
    }

    [TestCase("config.json")]
    [TestCase("model.safetensors")]
    public void What_Git_LFS_has_not_fetched_is_named_with_the_command_that_does(string name)
    {
        using SavedCheckpoint saved = new();
        File.WriteAllText(saved[name], "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage($"{saved[name]} is a Git LFS pointer*'git lfs pull'*");
    }

    [TestCase("tokenizer.model")]
    [TestCase("tokenizer.json")]
    public void A_tokenizer_that_Git_LFS_has_not_fetched_is_named_too(string name)
    {
        using TemporaryFolder folder = new();
        folder.Write(name, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        FluentActions.Invoking(() => Tokenizer.Open(folder.File(name))).Should().ThrowExactly<InputException>().WithMessage("*git lfs pull*");
    }

    [Test]
    public void A_shard_behind_a_link_within_the_folder_loads()
    {
        using SavedCheckpoint saved = new(maxShardBytes: 1000);
        string shard = saved.FileNames.First(n => n.EndsWith(".safetensors", StringComparison.Ordinal));
        File.Move(saved[shard], saved["moved"]);
        File.CreateSymbolicLink(saved[shard], "moved");
        saved.Loading.Should().NotThrow();
    }

    private static string[] ReaderNames() => [.. Readers.Keys];

    private static string[] ThingNames() => [.. Things.Keys];

    private static Action Opening(string path) => () => SafetensorsFile.Open(path).Dispose();

    private static void MakeHole(string path)
    {
        using FileStream stream = File.Create(path);
        stream.SetLength(Huge);
    }

    private static void MakePipe(string path)
    {
        using Process made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        made.ExitCode.Should().Be(0);
    }
}
