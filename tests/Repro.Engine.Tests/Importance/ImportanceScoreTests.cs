using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Importance;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ImportanceScoreTests : IDisposable
{
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config());

    private readonly TemporaryFolder folder = new();

    private readonly List<GradientSums> held = [];

    public void Dispose()
    {
        held.ForEach(sums => sums.Dispose());
        folder.Dispose();
        model.Dispose();
    }

    [TestCase(ImportanceReading.Signed)]
    [TestCase(ImportanceReading.Absolute)]
    public void Magnitude_is_the_weight_without_its_sign(ImportanceReading reading)
    {
        using ImportanceMap map = Map(reading, ImportanceScore.Magnitude);
        map.Shapes.Keys.Should().BeEquivalentTo(model.Parameters.Keys.Where(n => model.Layout.LayerOf(n) is not null));
        foreach (string name in map.Shapes.Keys)
            map.Values(name).Should().Equal(model.Values(name).Select(w => (double)Math.Abs(w)), name);
    }

    [TestCase("model.layers.0.self_attn.k_proj.weight")]
    [TestCase("model.layers.1.mlp.down_proj.weight")]
    [TestCase("model.layers.1.post_attention_layernorm.weight")]
    public void Gradient_is_the_slope_of_the_loss_without_its_sign(string name)
    {
        const double Step = 1e-5;
        ReferenceLlama reference = new(model);
        double[] weights = reference.Weights[name];
        using ImportanceMap map = Map(ImportanceReading.Signed, ImportanceScore.Gradient);
        for (int index = 0; index < 8; index++)
        {
            double old = weights[index];
            weights[index] = old + Step;
            double above = reference.Loss(TinyModels.Documents);
            weights[index] = old - Step;
            double below = reference.Loss(TinyModels.Documents);
            weights[index] = old;

            // float32 keeps 7 digits; sums of a few hundred terms of order 1 lose about two of them.
            map.Values(name)[index].Should().BeApproximately(Math.Abs(above - below) / (2 * Step), 2e-5, $"{name}[{index}]");
        }
    }

    [Test]
    public void First_order_importance_is_magnitude_times_gradient()
    {
        using ImportanceMap magnitude = Map(ImportanceReading.Signed, ImportanceScore.Magnitude);
        using ImportanceMap gradient = Map(ImportanceReading.Signed, ImportanceScore.Gradient);
        using ImportanceMap both = Map(ImportanceReading.Signed, ImportanceScore.FirstOrder);
        foreach (string name in both.Shapes.Keys)
        {
            double[] product = [.. magnitude.Values(name).Zip(gradient.Values(name), (m, g) => (double)((float)m * (float)g))];
            both.Values(name).Should().Equal(product, name);
        }
    }

    [Test]
    public void The_gradient_alone_is_refused_where_only_its_product_was_summed() =>
        FluentActions.Invoking(() => Map(ImportanceReading.Absolute, ImportanceScore.Gradient)).Should().Throw<ArgumentException>().WithMessage("*signed*");

    [TestCase(SumPlacement.Device)]
    [TestCase(SumPlacement.File)]
    public void Fisher_is_the_squared_weight_times_the_sum_of_each_micro_batchs_squared_gradient(SumPlacement placement)
    {
        GradientPass pass = new(2, ImportanceReading.Signed) { Term = SummedTerm.SquaredGradient, Placement = placement, TokensPerBackward = 1000, TokensTogether = 1000 };
        using ImportanceMap map = Written(pass).ToMap(model, ImportanceScore.Fisher);
        Dictionary<string, double[]>[] gradients = [.. TinyModels.Documents.Chunk(2).Select(chunk => Gradients(chunk, losses_BT => losses_BT.sum() / chunk.Sum(d => d.Length - 1)))];
        gradients.Should().HaveCount(2);
        IsCloseTo(map, (name, j, weight) => weight * weight * gradients.Sum(g => g[name][j] * g[name][j]));
    }

    [TestCase(SumPlacement.Device)]
    [TestCase(SumPlacement.File)]
    public void Snip_is_the_sum_of_the_weight_times_each_tokens_own_gradient(SumPlacement placement)
    {
        GradientPass pass = new(2, ImportanceReading.Signed) { Term = SummedTerm.TokenImportance, Placement = placement, TokensPerBackward = 1000, TokensTogether = placement == SumPlacement.File ? 1000 : 0 };
        using ImportanceMap map = Written(pass).ToMap(model, ImportanceScore.Snip);

        // Each token's loss in its whole document, one backward pass each.
        Dictionary<string, double[]>[] gradients =
        [
            .. TinyModels.Documents.SelectMany(document => Enumerable.Range(0, document.Length - 1).Select(t => Gradients([document], losses_BT => losses_BT[0, t]))),
        ];
        gradients.Should().HaveCount(12);
        IsCloseTo(map, (name, j, weight) => gradients.Sum(g => Math.Abs(weight * g[name][j])));
        map.Tokens.Should().Be(12);
    }

    [TestCase(SumPlacement.Device)]
    [TestCase(SumPlacement.File)]
    public void Wanda_is_magnitude_times_the_norm_of_what_the_weight_is_multiplied_with(SumPlacement placement)
    {
        GradientPass pass = new(2, ImportanceReading.Signed) { Term = SummedTerm.SquaredInput, Placement = placement, TokensTogether = placement == SumPlacement.File ? 1000 : 0 };
        using ImportanceMap map = Written(pass).ToMap(model, ImportanceScore.Wanda);

        // The input of the first block's norm and matrices by hand: an embedding over its root mean square, times the norm's weight; padding and the last token are no input.
        int width = model.Config.HiddenSize;
        double[] embedding = [.. model.Values("model.embed_tokens.weight").Select(v => (double)v)];
        double[][] normed = [.. TinyModels.Documents.SelectMany(d => d[..^1]).Select(id =>
        {
            double[] row = embedding[(id * width)..((id + 1) * width)];
            double scale = Math.Sqrt(row.Average(v => v * v) + model.Config.RmsNormEpsilon);
            return row.Select(v => v / scale).ToArray();
        })];
        double Norm(int column) => Math.Sqrt(normed.Sum(x => x[column] * x[column]));
        float[] factors = model.Values("model.layers.0.input_layernorm.weight");
        map.Values("model.layers.0.input_layernorm.weight").Should().Equal(factors.Select((f, j) => Math.Abs(f) * Norm(j)), Near);
        foreach (string name in new[] { "q", "k", "v" }.Select(p => $"model.layers.0.self_attn.{p}_proj.weight"))
            map.Values(name).Should().Equal(model.Values(name).Select((w, i) => Math.Abs(w) * Math.Abs(factors[i % width]) * Norm(i % width)), Near, name);

        // The last matrix writes into the stream: what a token's stream changes by with the first row is the matrix's input in that token.
        double[] squares = new double[model.Config.IntermediateSize];
        Parameter down = model.Parameters["model.layers.1.mlp.down_proj.weight"];
        foreach (int[] document in TinyModels.Documents)
        {
            using DisposeScope scope = NewDisposeScope();
            using TokenBatch batch = new([document]);
            Tensor stream_BTD = model.Through(model.Embed(batch.Inputs_BT), 0, 2);
            for (int t = 0; t < document.Length - 1; t++)
            {
                float[] input = [.. autograd.grad([stream_BTD[0, t, 0]], [down], retain_graph: true)[0].flatten().data<float>()];
                for (int j = 0; j < squares.Length; j++)
                    squares[j] += input[j] * (double)input[j];
            }
        }

        map.Values("model.layers.1.mlp.down_proj.weight").Should().Equal(
            model.Values("model.layers.1.mlp.down_proj.weight").Select((w, i) => Math.Abs(w) * Math.Sqrt(squares[i % squares.Length])), Near);
    }

    [Test]
    public void Every_weight_of_a_block_has_an_input_its_biases_a_one_for_each_token()
    {
        using LlamaModel biased = TinyModels.Random(TinyModels.Config() with { AttentionBias = AttentionBias.QueryKeyValueOutput });
        using GradientSums sums = GradientSums.Over(biased, TinyModels.Documents, new GradientPass(2, ImportanceReading.Signed) { Term = SummedTerm.SquaredInput });
        using ImportanceMap map = sums.ToMap(biased, ImportanceScore.Wanda);
        map.Shapes.Keys.Where(n => map.Values(n).Any(v => v <= 0)).Should().BeEmpty();
        int tokens = TinyModels.Documents.Sum(d => d.Length - 1);
        const string Bias = "model.layers.1.self_attn.q_proj.bias";
        map.Values(Bias).Should().Equal(biased.Values(Bias).Select(b => Math.Abs(b) * Math.Sqrt(tokens)), Near);
    }

    [Test]
    public void A_score_is_refused_from_the_sums_of_another()
    {
        GradientSums sums = Written(new GradientPass(2, ImportanceReading.Signed) { Term = SummedTerm.SquaredGradient });
        FluentActions.Invoking(() => sums.ToMap(model)).Should().Throw<ArgumentException>().WithMessage("*SquaredGradient*FirstOrder*");
    }

    [Test]
    public void Sums_of_parts_add_up_and_survive_their_files()
    {
        GradientPass pass = new(1, ImportanceReading.Signed) { Term = SummedTerm.SquaredGradient };
        GradientSums merged = GradientSums.Merge(Written(pass, TinyModels.Documents[..1]), Written(pass, TinyModels.Documents[1..]));
        using ImportanceMap parts = merged.ToMap(model, ImportanceScore.Fisher);
        using ImportanceMap whole = Written(pass).ToMap(model, ImportanceScore.Fisher);
        foreach (string name in whole.Shapes.Keys)
            parts.Values(name).Should().Equal(whole.Values(name), (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Abs(b), name);
    }

    // Written to a file and read again.
    private GradientSums Written(GradientPass pass, int[][]? documents = null)
    {
        string path = folder.File($"{held.Count}.safetensors");
        GradientSums.Write(path, new Dictionary<string, string>(), model, documents ?? TinyModels.Documents, pass);
        GradientSums sums = GradientSums.Of(SafetensorsFile.Open(path));
        held.Add(sums);
        return sums;
    }

    // Gradients of a loss of documents, straight through the whole model.
    private Dictionary<string, double[]> Gradients(int[][] documents, Func<Tensor, Tensor> loss)
    {
        using DisposeScope scope = NewDisposeScope();
        using TokenBatch batch = new(documents);
        KeyValuePair<string, Parameter>[] weights = [.. model.Parameters];
        IList<Tensor> gradients = autograd.grad([loss(TokenLoss.PerToken(model.Forward(batch.Inputs_BT), batch.Targets_BT))], [.. weights.Select(w => w.Value)]);
        return weights.Zip(gradients).ToDictionary(p => p.First.Key, p => p.Second.flatten().data<float>().Select(v => (double)v).ToArray());
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-5 * Math.Abs(b);

    // float32 sums in another order.
    private void IsCloseTo(ImportanceMap map, Func<string, int, double, double> expected)
    {
        map.Shapes.Keys.Should().BeEquivalentTo(model.Parameters.Keys.Where(n => model.Layout.LayerOf(n) is not null));
        foreach (string name in map.Shapes.Keys)
        {
            double[] direct = [.. model.Values(name).Select((weight, j) => expected(name, j, weight))];
            double most = direct.Max();
            map.Values(name).Should().Equal(direct, (a, b) => Math.Abs(a - b) <= 1e-5 * most, name);
        }
    }

    private ImportanceMap Map(ImportanceReading reading, ImportanceScore score)
    {
        GradientSums sums = GradientSums.Over(model, TinyModels.Documents, new GradientPass(3, reading));
        held.Add(sums);
        return sums.ToMap(model, score);
    }
}
