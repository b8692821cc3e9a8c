using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>Weights over several files, and the index that says which.</summary>
public sealed class ShardTests
{
    // Float32: embedding and head 11 × 8, final norm 8; a block two norms, four projections 8 × 8 and three 12 × 8.
    private const long TotalBytes = 4 * ((2 * 88) + 8 + (2 * (16 + 256 + 288)));
    private const string Norm = "model.norm.weight";

    [Test]
    public void Every_shard_keeps_the_limit_and_the_index_states_the_whole()
    {
        using SavedCheckpoint saved = new(maxShardBytes: 1000);
        string[] shards = [.. saved.FileNames.Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal))];
        long total = 0;
        foreach (string shard in shards)
        {
            using SafetensorsFile file = SafetensorsFile.Open(saved[shard]);
            long bytes = file.Header.Tensors.Values.Sum(t => t.Length);
            bytes.Should().BeInRange(1, 1000, shard);
            total += bytes;
        }

        total.Should().Be(TotalBytes);
        JsonObject index = JsonNode.Parse(File.ReadAllText(saved[SavedCheckpoint.Index]))!.AsObject();
        index["metadata"]!["total_size"]!.GetValue<long>().Should().Be(TotalBytes);
        index["weight_map"]!.AsObject().Select(m => m.Value!.GetValue<string>()).Distinct().Should().BeEquivalentTo(shards);
        shards.Should().Equal(Enumerable.Range(1, shards.Length).Select(i => $"model-{i:D5}-of-{shards.Length:D5}.safetensors"));
    }

    [Test]
    public void A_tensor_above_the_limit_gets_a_shard_of_its_own()
    {
        using SavedCheckpoint saved = new(maxShardBytes: 1);
        // 21 tensors: embedding, head, final norm, and nine in each of the two blocks.
        saved.FileNames.Count(name => name.EndsWith("-of-00021.safetensors", StringComparison.Ordinal)).Should().Be(21);
        saved.Loading.Should().NotThrow();
    }

    [Test]
    public void Weights_that_fit_into_one_file_are_in_a_single_one()
    {
        using SavedCheckpoint fitting = new(maxShardBytes: TotalBytes);
        fitting.FileNames.Should().NotContain(SavedCheckpoint.Index);
        using SavedCheckpoint tooLarge = new(maxShardBytes: TotalBytes - 1);
        tooLarge.FileNames.Should().Contain(SavedCheckpoint.Index);
    }

    [Test]
    public void Shards_replace_a_single_file_from_before()
    {
        using SavedCheckpoint saved = new();
        using LlamaModel other = TinyModels.Random(TinyModels.Config(), seed: 8);
        Checkpoint.Save(saved.Root, other, maxShardBytes: 1000);

        using LlamaModel read = Checkpoint.Load(saved.Root);
        read.Parameters[Norm].bytes.ToArray().Should().Equal(other.Parameters[Norm].bytes.ToArray());
    }

    [TestCase("../w.safetensors")]
    [TestCase("/etc/passwd")]
    [TestCase("sub/w.safetensors")]
    [TestCase("..\\\\w.safetensors")]
    [TestCase("..")]
    [TestCase(".")]
    [TestCase("")]
    [TestCase("w\\u0000.safetensors")]
    public void A_shard_that_is_no_file_of_the_folder_is_refused(string escaped)
    {
        using SavedCheckpoint saved = Indexed($$$"""{"weight_map":{"model.norm.weight":"{{{escaped}}}"}}""");
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage("*index.json puts 'model.norm.weight'*not a file of the checkpoint's folder*");
        Action hash = () => Checkpoint.Hash(saved.Root);
        hash.Should().ThrowExactly<InputException>();
    }

    [TestCase("{", "*index.json*")]
    [TestCase("[]", "*index.json lacks a 'weight_map'*")]
    [TestCase("{}", "*index.json lacks a 'weight_map'*")]
    [TestCase("""{"weight_map":["a"]}""", "*index.json lacks a 'weight_map'*")]
    [TestCase("""{"weight_map":{"a":1}}""", "*index.json puts 'a'*")]
    [TestCase("""{"weight_map":{"a":"x","a":"y"}}""", "*index.json*a*")]
    [TestCase("""{"weight_map":{"\ud800":"x"}}""", "*index.json*")]
    [TestCase("""{"weight_map":{"a":"gone.safetensors"}}""", "*gone.safetensors can't be read*")]
    [TestCase("""{"weight_map":{"absent":"x.safetensors"}}""", "*index.json says that 'absent' is in x.safetensors*")]
    [TestCase("""{"weight_map":{"model.norm.weight":"x.safetensors"}}""", "* lacks the tensors model.embed_tokens.weight,*")]
    public void A_bad_index_is_refused_with_its_reason(string index, string message)
    {
        using SavedCheckpoint saved = Indexed(index);
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage(message);
    }

    [Test]
    public void The_hash_covers_every_shard()
    {
        using SavedCheckpoint saved = new(maxShardBytes: 1000);
        string before = Checkpoint.Hash(saved.Root);
        foreach (string name in saved.FileNames.Where(n => n.StartsWith("model", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(saved[name]);
            bytes[^1] ^= 1;
            File.WriteAllBytes(saved[name], bytes);
            // The index no longer parses with its last byte changed; as a blank it does.
            if (name == SavedCheckpoint.Index)
                File.WriteAllBytes(saved[name], [.. bytes[..^1], (byte)' ']);
            Checkpoint.Hash(saved.Root).Should().NotBe(before, name);
            bytes[^1] ^= 1;
            File.WriteAllBytes(saved[name], bytes);
            Checkpoint.Hash(saved.Root).Should().Be(before, name);
        }
    }

    private static SavedCheckpoint Indexed(string index)
    {
        SavedCheckpoint saved = new();
        File.Move(saved["model.safetensors"], saved["x.safetensors"]);
        File.WriteAllText(saved[SavedCheckpoint.Index], index);
        return saved;
    }
}
