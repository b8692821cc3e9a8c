using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Regions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TensorScoresTests : IDisposable
{
    private const string Weight = "model.layers.0.mlp.up_proj.weight";
    private readonly TestFolder folder = new();

    // Few distinct scores, so that most thresholds have ties; a ratio that ends exactly at, just before or just behind an element.
    private static Arbitrary<(float[] Scores, double Ratio)> Cases { get; } = (
        from length in Gen.Choose(1, 12)
        from scores in Gen.Choose(-2, 2).ArrayOf(length)
        from taken in Gen.Choose(0, 4 * length)
        select (scores.Select(s => (float)s).ToArray(), Math.Min(1, taken / (4.0 * length)))).ToArbitrary();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Top_is_the_beginning_of_a_stable_sort_from_the_largest() => Cases.Hold(c =>
    {
        using TensorScores scores = Scores(c.Scores);
        return scores.Top(c.Ratio).Members().SequenceEqual(First(c, i => -c.Scores[i]));
    });

    [Test]
    public void Bottom_is_the_beginning_of_a_stable_sort_from_the_smallest() => Cases.Hold(c =>
    {
        using TensorScores scores = Scores(c.Scores);
        return scores.Bottom(c.Ratio).Members().SequenceEqual(First(c, i => c.Scores[i]));
    });

    [Test]
    public void Ties_are_the_other_weights_at_the_lowest_score_of_top() => Cases.Hold(c =>
    {
        using TensorScores scores = Scores(c.Scores);
        long[] top = [.. scores.Top(c.Ratio).Members()];
        long expected = top.Length == 0 ? 0 : c.Scores.Count(s => s == top.Min(i => c.Scores[i])) - 1;
        return scores.TiesAtThreshold(c.Ratio) == expected;
    });

    [Test]
    public void A_sum_adds_every_part_and_leaves_them_as_they_are()
    {
        using TensorScores a = Scores(3, 0, 0, 1);
        using TensorScores b = Scores(0, 5, 0, 1);
        using TensorScores c = Scores(0, 0, 4, 2.5f);
        using (TensorScores sum = TensorScores.Sum([a, b, c]))
        {
            // 3, 5, 4, 4.5
            sum.Top(0.25).Members().Should().Equal(1);
            sum.Top(0.5).Members().Should().Equal(1, 3);
            sum.Bottom(0.25).Members().Should().Equal(0);
        }

        a.Top(0.25).Members().Should().Equal(0);
        using TensorScores alone = TensorScores.Sum([c]);
        alone.Top(0.25).Members().Should().Equal(2);
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    public void A_score_that_is_not_finite_is_refused(float score)
    {
        FluentActions.Invoking(() => Scores(1, score, 2, 3)).Should().Throw<InputException>().WithMessage("*finite*");
    }

    [Test]
    public void A_sum_that_is_not_finite_selects_nothing()
    {
        using TensorScores large = Scores(1, float.MaxValue);
        using TensorScores sum = TensorScores.Sum([large, large]);
        FluentActions.Invoking(() => sum.Top(0.5)).Should().Throw<ArgumentException>().WithMessage("*finite*");
    }

    [Test]
    public void Selecting_leaves_no_tensor_behind()
    {
        using TensorScores scores = Scores(1, 1, 2, 3);
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        scores.Top(0.5);
        scores.Bottom(0.5);
        scores.TiesAtThreshold(0.5);
        scope.DisposablesCount.Should().Be(0);
    }

    private static IEnumerable<long> First((float[] Scores, double Ratio) c, Func<int, float> key) =>
        Enumerable.Range(0, c.Scores.Length).OrderBy(key).ThenBy(i => i).Take((int)(c.Ratio * c.Scores.Length)).Order().Select(i => (long)i);

    // Scores are read from a map's file, as a user's would be.
    private TensorScores Scores(params float[] scores)
    {
        string path = folder["map.safetensors"];
        using Tensor values = tensor(scores);
        SafetensorsFile.Write(
            path,
            new Dictionary<string, Tensor> { [Weight] = values },
            new Dictionary<string, string> { ["kind"] = "importance", ["reading"] = "signed", ["documents"] = "1", ["tokens"] = "1" });
        using ImportanceMap map = ImportanceMap.Load(path);
        return TensorScores.Of(map, Weight);
    }
}
