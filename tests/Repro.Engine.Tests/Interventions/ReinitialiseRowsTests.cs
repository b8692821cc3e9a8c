using Repro.Engine.Files;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Interventions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReinitialiseRowsTests : IDisposable
{
    private const string Output = "model.layers.0.self_attn.o_proj.weight";
    private const string Down = "model.layers.0.mlp.down_proj.weight";
    private const int Columns = 4096;

    // Rows long enough to see their deviation.
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config() with { IntermediateSize = Columns, LayerCount = 1 });
    private readonly string before;

    public ReinitialiseRowsTests() => before = WeightFingerprint.Of(model);

    public void Dispose() => model.Dispose();

    [Test]
    public void Only_that_row_of_the_named_matrices_changes()
    {
        Dictionary<string, float[]> old = model.Values();
        using IDisposable edit = new ReinitialiseRows([Output, Down], Row: 3, Deviation: 0.02, Seed: 5).Apply(model);
        foreach ((string name, float[] values) in model.Values())
        {
            int columns = (int)model.Parameters[name].shape[^1];
            int[] changed = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != old[name][i])];
            changed.Should().Equal(name is Output or Down ? Enumerable.Range(3 * columns, columns) : [], name);
        }
    }

    [TestCase(0.02)]
    [TestCase(1.5)]
    public void The_row_is_drawn_with_its_deviation_around_0(double deviation)
    {
        using IDisposable edit = new ReinitialiseRows([Down], Row: 7, deviation, Seed: 5).Apply(model);
        double[] row = [.. model.Values(Down)[(7 * Columns)..].Select(v => (double)v)];
        row.Should().HaveCount(Columns);

        // 4096 draws give the deviation to 1.1 % and the mean to a 64th of it; five of those.
        Math.Sqrt(row.Average(v => v * v)).Should().BeApproximately(deviation, 0.055 * deviation);
        row.Average().Should().BeApproximately(0, 5 * deviation / 64);
    }

    [Test]
    public void The_seed_decides_and_each_matrix_has_a_draw_of_its_own()
    {
        float[] first = Drawn(Output, seed: 5);
        Drawn(Output, seed: 5).Should().Equal(first);
        Drawn(Output, seed: 6).Should().NotEqual(first);
        Drawn(Down, seed: 5)[..first.Length].Should().NotEqual(first);
    }

    [Test]
    public void Every_weight_comes_back_bit_for_bit()
    {
        new ReinitialiseRows([Output, Down, Output], Row: 3, Deviation: 0.02, Seed: 5).Apply(model).Dispose();
        WeightFingerprint.Of(model).Should().Be(before);
    }

    [TestCase("no.such.weight", 3L)]
    [TestCase("model.layers.0.input_layernorm.weight", 3L, Description = "a vector has no rows")]
    [TestCase(Output, 8L)]
    [TestCase(Output, -1L)]
    public void A_matrix_without_such_a_row_is_named_and_nothing_changes(string name, long row)
    {
        FluentActions.Invoking(() => new ReinitialiseRows([name, Down], row, 0.02, 5).Apply(model)).Should().Throw<InputException>().WithMessage($"*{name}*{row}*");
        WeightFingerprint.Of(model).Should().Be(before);
    }

    private float[] Drawn(string name, ulong seed)
    {
        using IDisposable edit = new ReinitialiseRows([name], Row: 0, Deviation: 0.02, seed).Apply(model);
        return model.Values(name)[..(int)model.Parameters[name].shape[1]];
    }
}
