using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

/// <summary>Which tokenizer a checkpoint has, and whether it belongs to the model.</summary>
public sealed class TokenizerFitTests
{
    private static readonly ReferenceBytePairs Pairs = new(["the other the other"], 8, new ReferenceSplitter(3), 1);
    private static readonly LlamaConfig Model = TinyModels.Config() with { VocabularySize = 4096 };
    private static readonly string SentencePiece = Path.Combine(Project.Folder, "fixtures", "tiny", "tokenizer.model");
    private TestFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TestFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void Where_there_are_both_files_SentencePieces_is_read()
    {
        WriteQwen2();
        TokenizerFiles.In(folder.Root).Should().Be(folder["tokenizer.json"]);
        File.Copy(SentencePiece, folder["tokenizer.model"]);
        TokenizerFiles.In(folder.Root).Should().Be(folder["tokenizer.model"]);
        Tokenizer.OpenFor(Model, folder.Root).VocabularySize.Should().Be(4096);
    }

    [Test]
    public void Repeated_tokens_give_no_text_an_id_beyond_the_vocabulary()
    {
        // A SentencePiece model is a list of tokens, each behind a tag and its length; the fourth is a byte, which the library takes repeated.
        byte[] model = File.ReadAllBytes(SentencePiece);
        int start = Enumerable.Range(0, 3).Aggregate(0, (at, _) => at + 2 + model[at + 1]);
        int end = start + 2 + model[start + 1];
        File.WriteAllBytes(folder["tokenizer.model"], [.. model[..end], .. Enumerable.Repeat(model[start..end], 80).SelectMany(b => b), .. model[end..]]);
        FluentActions.Invoking(() => Tokenizer.Open(folder["tokenizer.model"]).Encode("The kettle is on.").Should().OnlyContain(id => id < 4096))
            .Should().Throw<InputException>().WithMessage($"{folder["tokenizer.model"]}*");
    }

    [Test]
    public void A_folder_without_either_asks_for_tokenizer_model() =>
        FluentActions.Invoking(() => Tokenizer.OpenFor(Model, folder.Root)).Should().Throw<InputException>().WithMessage($"{folder["tokenizer.model"]} can't be read*");

    [Test]
    public void An_embedding_with_more_rows_than_tokens_is_fine_and_one_with_fewer_is_refused()
    {
        WriteQwen2();
        Tokenizer.OpenFor(Model with { VocabularySize = Pairs.Count }, folder.Root).VocabularySize.Should().Be(Pairs.Count);
        Tokenizer.OpenFor(Model with { VocabularySize = Pairs.Count + 300 }, folder.Root).Should().NotBeNull();
        FluentActions.Invoking(() => Tokenizer.OpenFor(Model with { VocabularySize = Pairs.Count - 1 }, folder.Root))
            .Should().Throw<InputException>().WithMessage($"*tokenizer.json has {Pairs.Count} tokens and the model only {Pairs.Count - 1}*");
    }

    [Test]
    public void Documents_begin_with_the_configurations_bos_where_the_tokenizer_has_none()
    {
        WriteQwen2();
        LlamaConfig qwen = Model with { BosTokenId = Pairs.Count, EosTokenId = Pairs.Count };
        File.WriteAllText(folder["text.txt"], "the other\n");
        int[] document = new DocumentReader(qwen, folder.Root).Text(folder["text.txt"]).Should().ContainSingle().Subject;
        document.Should().Equal([Pairs.Count, .. Pairs.Encode("the other"), Pairs.Count]);
        new DocumentReader(qwen, folder.Root).Prompt("the")[0].Should().Be(Pairs.Count);
    }

    [Test]
    public void Documents_begin_with_the_tokenizers_bos_where_the_configuration_has_none()
    {
        File.Copy(SentencePiece, folder["tokenizer.model"]);
        new DocumentReader(Model with { BosTokenId = null }, folder.Root).Prompt("the")[0].Should().Be(1);
    }

    [Test]
    public void Where_neither_has_a_bos_the_sentence_says_where_to_set_it()
    {
        WriteQwen2();
        FluentActions.Invoking(() => new DocumentReader(Model with { BosTokenId = null }, folder.Root).Prompt("the"))
            .Should().Throw<InputException>().WithMessage("*tokenizer.json*bos_token_id*");
    }

    [Test]
    public void Two_different_bos_are_refused()
    {
        File.Copy(SentencePiece, folder["tokenizer.model"]);
        FluentActions.Invoking(() => Tokenizer.OpenFor(Model with { BosTokenId = 0 }, folder.Root))
            .Should().Throw<InputException>().WithMessage("*token 1 and config.json says 0*bos_token_id*");
    }

    [Test]
    public void The_checkpoints_hash_covers_the_tokenizer_that_is_read()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        Checkpoint.Save(folder.Root, model);
        HashSet<string> hashes = [Checkpoint.Hash(folder.Root)];
        WriteQwen2();
        hashes.Add(Checkpoint.Hash(folder.Root));
        File.AppendAllText(folder["tokenizer.json"], " ");
        hashes.Add(Checkpoint.Hash(folder.Root));
        hashes.Should().HaveCount(3);
    }

    [Test]
    public void A_copied_tokenizer_takes_the_place_of_the_other_kind()
    {
        WriteQwen2();
        TokenizerFiles.Copy(SentencePiece, folder.Root);
        folder.FileNames.Should().Equal("tokenizer.model");
        TokenizerFiles.Copy(folder["tokenizer.model"], folder.Root);
        folder.FileNames.Should().Equal("tokenizer.model");
    }

    private void WriteQwen2() => File.WriteAllText(folder["tokenizer.json"], TokenizerJson.Qwen2(Pairs).ToJsonString());
}
