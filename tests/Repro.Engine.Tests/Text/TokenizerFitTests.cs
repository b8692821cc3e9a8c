using System.Text.Json.Nodes;
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
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void Where_there_are_both_files_SentencePieces_is_read()
    {
        WriteQwen2();
        TokenizerFiles.In(folder.Path).Should().Be(folder.File("tokenizer.json"));
        File.Copy(SentencePiece, folder.File("tokenizer.model"));
        TokenizerFiles.In(folder.Path).Should().Be(folder.File("tokenizer.model"));
        Tokenizer.OpenFor(Model, folder.Path).VocabularySize.Should().Be(4096);
    }

    [Test]
    public void Hugging_Faces_file_is_read_where_it_has_further_tokens()
    {
        File.Copy(SentencePiece, folder.File("tokenizer.model"));
        JsonObject json = SentencePieceJson.Of(SentencePiece);
        WriteJson(json);
        TokenizerFiles.In(folder.Path).Should().Be(folder.File("tokenizer.model"));
        json["added_tokens"]!.AsArray().Add(TokenizerJson.Added(4096, "<pad>"));
        WriteJson(json);
        TokenizerFiles.In(folder.Path).Should().Be(folder.File("tokenizer.json"));
        Tokenizer tokenizer = Tokenizer.OpenFor(Model with { VocabularySize = 4097 }, folder.Path);
        tokenizer.Encode("The<pad>").Should().Equal([.. tokenizer.Encode("The"), 4096]);
        FluentActions.Invoking(() => Tokenizer.OpenFor(Model, folder.Path).Encode("The<pad>")).Should().Throw<InputException>()
            .WithMessage("*'The<pad>'*4096*4096 embeddings*");
    }

    [Test]
    public void A_text_with_a_token_that_was_added_beside_SentencePieces_file_is_refused()
    {
        File.Copy(SentencePiece, folder.File("tokenizer.model"));
        File.WriteAllText(folder.File("added_tokens.json"), """{"<pad>": 4096}""");
        Tokenizer tokenizer = Tokenizer.OpenFor(Model, folder.Path);
        tokenizer.Encode("The kettle").Should().NotBeEmpty();
        FluentActions.Invoking(() => tokenizer.Encode("a<pad>")).Should().Throw<InputException>().WithMessage("*'<pad>'*save_pretrained*");
        File.WriteAllText(folder.File("added_tokens.json"), "[1]");
        FluentActions.Invoking(() => Tokenizer.OpenFor(Model, folder.Path)).Should().Throw<InputException>().WithMessage("*added_tokens.json*");
    }

    [Test]
    public void A_tokenizer_model_that_is_not_SentencePieces_leaves_the_word_to_tokenizer_json()
    {
        File.WriteAllText(folder.File("tokenizer.model"), "IQ== 0\nIg== 1\n");
        WriteQwen2();
        TokenizerFiles.In(folder.Path).Should().Be(folder.File("tokenizer.json"));
    }

    [Test]
    public void A_damaged_tokenizer_json_beside_SentencePieces_file_is_left_alone()
    {
        File.Copy(SentencePiece, folder.File("tokenizer.model"));
        File.WriteAllText(folder.File("tokenizer.json"), "{");
        TokenizerFiles.In(folder.Path).Should().Be(folder.File("tokenizer.model"));
    }

    [Test]
    public void A_folder_without_either_asks_for_tokenizer_model() =>
        FluentActions.Invoking(() => Tokenizer.OpenFor(Model, folder.Path)).Should().Throw<InputException>()
            .WithMessage($"{folder.File("tokenizer.model")} can't be read*");

    [Test]
    public void An_embedding_with_more_rows_than_tokens_is_fine_and_one_with_fewer_is_refused()
    {
        WriteQwen2();
        Tokenizer.OpenFor(Model with { VocabularySize = Pairs.Count }, folder.Path).VocabularySize.Should().Be(Pairs.Count);
        Tokenizer.OpenFor(Model with { VocabularySize = Pairs.Count + 300 }, folder.Path).Should().NotBeNull();
        FluentActions.Invoking(() => Tokenizer.OpenFor(Model with { VocabularySize = Pairs.Count - 1 }, folder.Path))
            .Should().Throw<InputException>()
            .WithMessage($"*tokenizer.json has {Pairs.Count} tokens and the model only {Pairs.Count - 1}*");
    }

    [Test]
    public void Documents_begin_with_the_configurations_bos_where_the_tokenizer_has_none()
    {
        WriteQwen2();
        LlamaConfig qwen = Model with { BosTokenId = Pairs.Count, EosTokenId = Pairs.Count };
        File.WriteAllText(folder.File("text.txt"), "the other\n");
        int[] document = new DocumentReader(qwen, folder.Path).Text(folder.File("text.txt")).Should().ContainSingle().Subject;
        document.Should().Equal([Pairs.Count, .. Pairs.Encode("the other"), Pairs.Count]);
        new DocumentReader(qwen, folder.Path).Prompt("the")[0].Should().Be(Pairs.Count);
    }

    [Test]
    public void Documents_begin_with_the_tokenizers_bos_where_the_configuration_has_none()
    {
        File.Copy(SentencePiece, folder.File("tokenizer.model"));
        new DocumentReader(Model with { BosTokenId = null }, folder.Path).Prompt("the")[0].Should().Be(1);
    }

    [Test]
    public void Where_neither_has_a_bos_the_sentence_says_where_to_set_it()
    {
        WriteQwen2();
        FluentActions.Invoking(() => new DocumentReader(Model with { BosTokenId = null }, folder.Path).Prompt("the"))
            .Should().Throw<InputException>().WithMessage("*tokenizer.json*bos_token_id*");
    }

    [Test]
    public void Two_different_bos_are_refused()
    {
        File.Copy(SentencePiece, folder.File("tokenizer.model"));
        FluentActions.Invoking(() => Tokenizer.OpenFor(Model with { BosTokenId = 0 }, folder.Path))
            .Should().Throw<InputException>().WithMessage("*token 1 and config.json says 0*bos_token_id*");
    }

    [Test]
    public void The_checkpoints_hash_covers_the_tokenizer_that_is_read()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        Checkpoint.Save(folder.Path, model);
        HashSet<string> hashes = [Checkpoint.Hash(folder.Path)];
        WriteQwen2();
        hashes.Add(Checkpoint.Hash(folder.Path));
        File.AppendAllText(folder.File("tokenizer.json"), " ");
        hashes.Add(Checkpoint.Hash(folder.Path));
        hashes.Should().HaveCount(3);
    }

    [Test]
    public void A_copied_tokenizer_takes_the_place_of_the_other_kind()
    {
        WriteQwen2();
        TokenizerFiles.Copy(SentencePiece, folder.Path);
        folder.FileNames.Should().Equal("tokenizer.model");
        TokenizerFiles.Copy(folder.File("tokenizer.model"), folder.Path);
        folder.FileNames.Should().Equal("tokenizer.model");
    }

    private void WriteQwen2() => WriteJson(TokenizerJson.Qwen2(Pairs));

    private void WriteJson(JsonObject json) => File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
}
