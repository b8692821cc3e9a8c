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
        Dictionary<string, double[]>[] gradients = [.. TinyModels.Documents.Chunk(2).Select(Gradients)];
        gradients.Should().HaveCount(2);
        IsCloseTo(map, (name, j, weight) => weight * weight * gradients.Sum(g => g[name][j] * g[name][j]));
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

    // Gradients of documents' mean loss, straight through the whole model.
    private Dictionary<string, double[]> Gradients(int[][] documents)
    {
        using DisposeScope scope = NewDisposeScope();
        using TokenBatch batch = new(documents);
        KeyValuePair<string, Parameter>[] weights = [.. model.Parameters];
        IList<Tensor> gradients = autograd.grad([TokenLoss.Mean(model.Forward(batch.Inputs_BT), batch.Targets_BT)], [.. weights.Select(w => w.Value)]);
        return weights.Zip(gradients).ToDictionary(p => p.First.Key, p => p.Second.flatten().data<float>().Select(v => (double)v).ToArray());
    }

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
