using Repro.Engine.Evaluation;
using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>A model that holds no number, or one that overflows, in one place.</summary>
public sealed class NonFiniteTests
{
    private static readonly int[] Document = [1, 4, 7, 3, 2];

    [Test]
    public void A_sound_model_has_no_such_place()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        NonFinite.FirstPlace(model, Document).Should().BeNull();
    }

    [TestCase("model.embed_tokens.weight", "the embedding")]
    [TestCase("model.layers.0.mlp.down_proj.weight", "layer 0")]
    [TestCase("model.layers.1.self_attn.v_proj.weight", "layer 1")]
    [TestCase("model.norm.weight", "the final norm or the output head")]
    [TestCase("lm_head.weight", "the final norm or the output head")]
    public void The_first_place_is_named(string weight, string place)
    {
        using LlamaModel model = Broken(weight, double.NaN);
        NonFinite.FirstPlace(model, Document).Should().Be(place);
        NonFinite.Complaint(model, [Document], "The perplexity").Message.Should().StartWith($"The perplexity is not a finite number: the model overflows or holds no number, first in {place};");
    }

    [Test]
    public void An_infinite_weight_is_found_as_one_without_a_number_is()
    {
        using LlamaModel model = Broken("model.layers.1.mlp.up_proj.weight", double.PositiveInfinity);
        NonFinite.FirstPlace(model, Document).Should().Be("layer 1");
    }

    [Test]
    public void No_importance_map_is_written_of_it()
    {
        using TemporaryFolder folder = new();
        using LlamaModel model = Broken("model.layers.1.mlp.down_proj.weight", double.NaN);
        Action write = () => ImportanceMap.Write(folder.File("map.safetensors"), new Dictionary<string, string>(), model, [Document], new GradientPass(1, ImportanceReading.Signed));
        write.Should().ThrowExactly<InputException>().WithMessage("An importance score is not a finite number*first in layer 1*");
        folder.FileNames.Should().BeEmpty();
    }

    [Test]
    public void No_token_is_drawn_of_it()
    {
        using LlamaModel model = Broken("lm_head.weight", double.NaN);
        Func<List<int>> generate = () => [.. TextGeneration.Generate(model, Document, 3, 0, 1)];
        generate.Should().ThrowExactly<InputException>().WithMessage("A score of the next token is not a finite number*");
    }

    private static LlamaModel Broken(string weight, double value)
    {
        LlamaModel model = TinyModels.Random(TinyModels.Config());
        using Tensor broken = full_like(model.Parameters[weight], value);
        model.Parameters.Set(weight, broken);
        return model;
    }
}
