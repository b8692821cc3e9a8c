using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Importance;

public sealed class ImportanceTests : IDisposable
{
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config());

    public void Dispose() => model.Dispose();

    [TestCase(ImportanceReading.Signed)]
    [TestCase(ImportanceReading.Absolute)]
    public void Layer_by_layer_sums_equal_those_of_a_whole_model_backward(ImportanceReading reading)
    {
        Dictionary<string, double[]> expected = WholeModel(reading);
        using GradientSums sums = GradientSums.Over(model, TinyModels.Documents, new GradientPass(2, reading));
        using ImportanceMap map = sums.ToMap(model);
        map.Shapes.Keys.Should().BeEquivalentTo(model.Parameters.Keys.Where(n => n.Contains("layers.")));
        foreach (string name in map.Shapes.Keys)
        {
            // float32 sums in another order.
            double scale = expected[name].Max() + 1e-6;
            map.Values(name).Zip(expected[name], (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-5 * scale, name);
        }
    }

    [TestCase(ImportanceReading.Signed)]
    [TestCase(ImportanceReading.Absolute)]
    public void Parts_of_a_sample_add_up_to_the_whole(ImportanceReading reading)
    {
        using GradientSums whole = GradientSums.Over(model, TinyModels.Documents, new GradientPass(1, reading));
        using GradientSums first = GradientSums.Over(model, TinyModels.Documents[..1], new GradientPass(1, reading));
        using GradientSums rest = GradientSums.Over(model, TinyModels.Documents[1..], new GradientPass(1, reading));
        GradientSums merged = GradientSums.Merge(first, rest);
        using ImportanceMap a = whole.ToMap(model);
        using ImportanceMap b = merged.ToMap(model);
        merged.Tokens.Should().Be(whole.Tokens);
        foreach (string name in a.Shapes.Keys)
            a.Values(name).Should().Equal(b.Values(name), (x, y) => Math.Abs(x - y) <= 1e-7 + (1e-5 * Math.Abs(y)), name);
    }

    [TestCase(SumPlacement.Device)]
    [TestCase(SumPlacement.File)]
    public void Sums_depend_on_no_number_of_threads(SumPlacement placement)
    {
        using TemporaryFolder folder = new();
        int before = get_num_threads();
        byte[] With(int threads)
        {
            try
            {
                set_num_threads(threads);
                string path = folder.File($"{threads}.safetensors");
                GradientSums.Write(
                    path, new Dictionary<string, string>(), model, [.. Enumerable.Repeat(TinyModels.Documents, 4).SelectMany(d => d)], new GradientPass(2, ImportanceReading.Signed) { Placement = placement });
                return File.ReadAllBytes(path);
            }
            finally
            {
                set_num_threads(before);
            }
        }

        byte[] one = With(1);
        With(2).Should().Equal(one);
        With(8).Should().Equal(one);
    }

    [Test]
    public void Micro_batches_differentiated_in_one_pass_give_the_sum_of_their_gradients()
    {
        using GradientSums apart = GradientSums.Over(model, TinyModels.Documents, new GradientPass(1, ImportanceReading.Signed));
        using GradientSums fused = GradientSums.Over(
            model, TinyModels.Documents, new GradientPass(1, ImportanceReading.Signed) { TokensPerBackward = 1000 });
        using GradientSums whole = GradientSums.Over(model, TinyModels.Documents, new GradientPass(3, ImportanceReading.Signed));
        foreach (string name in apart.ToMap(model).Shapes.Keys)
        {
            double[] expected = apart.ToMap(model).Values(name);
            double most = expected.Max();
            fused.ToMap(model).Values(name).Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-5 * most, name);
            whole.ToMap(model).Values(name).Zip(expected, (a, b) => Math.Abs(a - b)).Max()
                .Should().BeGreaterThan(1e-3 * most, "a mean over all tokens is another loss");
        }
    }

    [Test]
    public void The_absolute_reading_never_differentiates_two_micro_batches_at_once()
    {
        using GradientSums apart = GradientSums.Over(model, TinyModels.Documents, new GradientPass(1, ImportanceReading.Absolute));
        using GradientSums fused = GradientSums.Over(
            model, TinyModels.Documents, new GradientPass(1, ImportanceReading.Absolute) { TokensPerBackward = 1000 });
        foreach (string name in apart.ToMap(model).Shapes.Keys)
            fused.ToMap(model).Values(name).Should().Equal(apart.ToMap(model).Values(name), name);
    }

    [Test]
    public void Sums_in_bfloat16_are_close_to_those_in_float32_and_not_the_same()
    {
        using GradientSums wide = GradientSums.Over(model, TinyModels.Documents, new GradientPass(1, ImportanceReading.Signed));
        using GradientSums narrow = GradientSums.Over(
            model, TinyModels.Documents, new GradientPass(1, ImportanceReading.Signed) { Accumulator = ScalarType.BFloat16 });
        using ImportanceMap a = wide.ToMap(model);
        using ImportanceMap b = narrow.ToMap(model);
        foreach (string name in a.Shapes.Keys)
        {
            // bfloat16 has 8 bits; three terms may each be rounded.
            double most = a.Values(name).Max();
            a.Values(name).Zip(b.Values(name), (x, y) => Math.Abs(x - y)).Max().Should().BePositive().And.BeLessThan(0.03 * most, name);
        }
    }

    [Test]
    public void The_weights_do_not_move()
    {
        string before = Engine.Interventions.WeightFingerprint.Of(model);
        GradientSums.Over(model, TinyModels.Documents, new GradientPass(2, ImportanceReading.Signed)).Dispose();
        Engine.Interventions.WeightFingerprint.Of(model).Should().Be(before);
    }

    [Test]
    public void A_map_survives_its_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("map.safetensors");
        using GradientSums sums = GradientSums.Over(model, TinyModels.Documents, new GradientPass(2, ImportanceReading.Absolute));
        using ImportanceMap map = sums.ToMap(model);
        map.Save(path);
        using ImportanceMap read = ImportanceMap.Load(path);
        (read.Reading, read.Documents, read.Tokens).Should().Be((map.Reading, map.Documents, map.Tokens));
        foreach (string name in map.Shapes.Keys)
            map.Values(name).Should().Equal(read.Values(name), name);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_stored_score_that_is_no_finite_number_is_refused(double score)
    {
        using TemporaryFolder folder = new();
        using GradientSums sums = GradientSums.Over(model, TinyModels.Documents, new GradientPass(2, ImportanceReading.Signed));
        using ImportanceMap map = sums.ToMap(model);
        map.Save(folder.File("map"));
        byte[] bytes = File.ReadAllBytes(folder.File("map"));
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - sizeof(float)), (float)score).Should().BeTrue();
        File.WriteAllBytes(folder.File("map"), bytes);
        using ImportanceMap read = ImportanceMap.Load(folder.File("map"));
        FluentActions.Invoking(() => RegionSelection.Top(read, 0.1)).Should().ThrowExactly<InputException>()
            .WithMessage($"{folder.File("map")}: *no finite number*");
    }

    private Dictionary<string, double[]> WholeModel(ImportanceReading reading)
    {
        Dictionary<string, double[]> sums = model.Parameters.ToDictionary(p => p.Key, p => new double[p.Value.numel()]);
        foreach (int[][] chunk in TinyModels.Documents.Chunk(2))
        {
            using DisposeScope scope = NewDisposeScope();
            using TokenBatch batch = new(chunk);
            Tensor loss = TokenLoss.Mean(model.Forward(batch.Inputs_BT), batch.Targets_BT);
            KeyValuePair<string, Parameter>[] weights = [.. model.Parameters];
            IList<Tensor> gradients = autograd.grad([loss], [.. weights.Select(w => w.Value)]);
            for (int i = 0; i < weights.Length; i++)
            {
                float[] gradient = [.. gradients[i].flatten().data<float>()];
                float[] weight = [.. weights[i].Value.detach().flatten().data<float>()];
                for (int j = 0; j < gradient.Length; j++)
                    sums[weights[i].Key][j] += reading == ImportanceReading.Signed ? gradient[j] : Math.Abs(gradient[j] * weight[j]);
            }
        }

        if (reading == ImportanceReading.Signed)
        {
            foreach ((string name, double[] sum) in sums)
            {
                float[] weight = [.. model.Parameters[name].detach().flatten().data<float>()];
                for (int j = 0; j < sum.Length; j++)
                    sum[j] = Math.Abs(sum[j] * weight[j]);
            }
        }

        return sums;
    }
}
