using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>What a folder may hold beyond or short of its weights.</summary>
public sealed class CheckpointFolderTests
{
    private const string Query = "model.layers.1.self_attn.q_proj.weight";

    [Test]
    public void Every_missing_tensor_up_to_five_is_named_and_the_rest_counted()
    {
        using SavedCheckpoint saved = new();
        saved.EditWeights(tensors =>
        {
            foreach (string name in tensors.Keys.Where(n => n.StartsWith("model.layers.0.", StringComparison.Ordinal)).ToArray())
                tensors.Remove(name);
        });
        saved.Loading.Should().ThrowExactly<InputException>()
            .WithMessage($"{saved.Root} lacks*model.layers.0.input_layernorm.weight*model.layers.0.self_attn.o_proj.weight and 4 more*");
    }

    [TestCase(8, 9)]
    [TestCase(64)]
    [TestCase(4, 16)]
    [TestCase(8, 8, 1)]
    public void A_shape_of_another_size_or_rank_is_named_with_both_shapes(params int[] shape)
    {
        using SavedCheckpoint saved = new();
        saved.EditWeights(tensors => tensors[Query] = zeros([.. shape.Select(size => (long)size)]));
        saved.Loading.Should().ThrowExactly<InputException>()
            .WithMessage($"{saved.Root}: '{Query}' has shape [{string.Join(", ", shape)}] and config.json asks for [8, 8].");
    }

    [TestCase(ScalarType.Float64, "F64")]
    [TestCase(ScalarType.Byte, "U8")]
    [TestCase(ScalarType.Bool, "BOOL")]
    public void Weights_of_another_type_are_named(ScalarType type, string dtype)
    {
        using SavedCheckpoint saved = new();
        saved.EditWeights(tensors => tensors[Query] = tensors[Query].to(type));
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage($"*'{Query}' is stored as {dtype}*");
    }

    [Test]
    public void Weights_of_mixed_types_load_in_the_configured_one()
    {
        using SavedCheckpoint saved = new();
        // 1 + 2⁻⁷ has the eight bits of mantissa of bfloat16.
        saved.EditWeights(tensors => tensors[Query] = full(8, 8, 1.0078125, ScalarType.BFloat16));
        using LlamaModel model = Checkpoint.Load(saved.Root);
        model.Parameters[Query].dtype.Should().Be(ScalarType.Float32);
        model.Parameters[Query].data<float>().ToArray().Should().Equal(Enumerable.Repeat(1.0078125f, 64));
    }

    [Test]
    public void Stored_rotary_frequencies_are_passed_over()
    {
        using SavedCheckpoint saved = new();
        saved.EditWeights(tensors => tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = ones(2));
        saved.Loading.Should().NotThrow();
    }

    [Test]
    public void A_repeated_head_is_passed_over_only_where_embeddings_are_tied()
    {
        using SavedCheckpoint saved = new(tied: true);
        saved.Loading.Should().NotThrow();
        saved.EditWeights(tensors => tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"].clone());
        saved.Loading.Should().NotThrow();
        saved.EditWeights(tensors => tensors["lm_head.bias"] = ones(11));
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage("*lm_head.bias*");
    }

    [TestCase(double.NaN)]
    [TestCase(double.NegativeInfinity)]
    public void A_weight_that_is_no_finite_number_is_refused_by_name(double value)
    {
        using SavedCheckpoint saved = new();
        saved.EditWeights(tensors => tensors[Query] = full(8, 8, value));
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage($"*'{Query}' holds a value that is infinite or not a number*");
    }

    [Test]
    public void Another_head_beside_a_tied_embedding_is_refused_with_what_to_do()
    {
        using SavedCheckpoint saved = new(tied: true);
        saved.EditWeights(tensors => tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"] + 1);
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage("*tie_word_embeddings*another 'lm_head.weight'; set tie_word_embeddings to false*");
    }

    [Test]
    public void A_folder_without_weights_and_no_folder_are_named()
    {
        using SavedCheckpoint saved = new();
        File.Delete(saved["model.safetensors"]);
        saved.Loading.Should().ThrowExactly<InputException>().WithMessage($"{saved.Root} holds neither model.safetensors nor*");
        Action absent = () => Checkpoint.Load(saved["gone"]).Dispose();
        absent.Should().ThrowExactly<InputException>().WithMessage($"*{saved["gone"]}*");
    }

    [Test]
    public void Saving_narrower_rounds_the_weights_and_says_so_in_the_configuration()
    {
        using SavedCheckpoint saved = new();
        using LlamaModel model = Checkpoint.Load(saved.Root);
        using (Tensor values = full(8, 8, 1.00390625))
            model.Parameters.Set(Query, values);
        Checkpoint.Save(saved.Root, model, ScalarType.BFloat16);

        ConfigReader.Read(saved["config.json"]).WeightType.Should().Be(ScalarType.BFloat16);
        using LlamaModel narrow = Checkpoint.Load(saved.Root, ScalarType.BFloat16);
        // 1 + 2⁻⁸ lies halfway between 1 and 1 + 2⁻⁷ and rounds to even: 1, in bfloat16 3F80.
        narrow.Parameters[Query].bytes.ToArray().Should().Equal(Enumerable.Range(0, 64).SelectMany(_ => new byte[] { 0x80, 0x3F }));
    }

    [Test]
    public void The_hash_changes_with_one_bit_of_a_weight_the_configuration_or_the_tokenizer()
    {
        using SavedCheckpoint saved = new();
        File.WriteAllText(saved["tokenizer.model"], "pieces");
        HashSet<string> hashes = [Checkpoint.Hash(saved.Root)];
        foreach (string name in new[] { "model.safetensors", "config.json", "tokenizer.model" })
        {
            byte[] bytes = File.ReadAllBytes(saved[name]);
            bytes[^1] ^= 1;
            File.WriteAllBytes(saved[name], bytes);
            hashes.Add(Checkpoint.Hash(saved.Root));
        }

        hashes.Should().HaveCount(4).And.AllSatisfy(hash => hash.Should().HaveLength(64));
    }

    [Test]
    public void The_hash_does_not_depend_on_where_the_folder_is()
    {
        using SavedCheckpoint one = new();
        using SavedCheckpoint two = new();
        File.WriteAllText(two["README.md"], "not part of the model");
        Checkpoint.Hash(two.Root).Should().Be(Checkpoint.Hash(one.Root));
    }
}
