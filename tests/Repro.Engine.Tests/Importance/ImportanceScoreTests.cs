using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Importance;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ImportanceScoreTests : IDisposable
{
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config());

    private readonly List<GradientSums> held = [];

    public void Dispose()
    {
        held.ForEach(sums => sums.Dispose());
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

    private ImportanceMap Map(ImportanceReading reading, ImportanceScore score)
    {
        GradientSums sums = GradientSums.Over(model, TinyModels.Documents, new GradientPass(3, reading));
        held.Add(sums);
        return sums.ToMap(model, score);
    }
}
