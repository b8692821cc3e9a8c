using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Harness.Measuring;

namespace Repro.Harness.Tests.Measuring;

public sealed class MovedTests
{
    private const string Query = "model.layers.0.self_attn.q_proj.weight";
    private const string Key = "model.layers.0.self_attn.k_proj.weight";
    private const double Rounding = 1e-5;

    [Test]
    public void The_way_in_each_region_and_outside_of_them_is_that_of_their_own_weights()
    {
        string folder = Path.Combine(Project.Folder, "fixtures", "tiny");
        using LlamaModel before = Checkpoint.Load(folder);
        using LlamaModel after = Checkpoint.Load(folder);
        Move(after, Query, (0, 3), (1, 4), (2, -5), (3, 12));
        Move(after, Key, (7, 2));
        Move(after, "model.layers.0.mlp.down_proj.weight", (0, 100));
        long[] query = before.Parameters[Query].shape;
        long[] key = before.Parameters[Key].shape;
        Region first = Of(query, key, [0, 9], [7]);
        Region second = Of(query, key, [1, 2, 8], []);

        Moved moved = Moved.Between(before.Parameters, after.Parameters, [first, second]);
        moved.Weights.Should().BeEquivalentTo(
            new[] { new[] { 1, 0, (key[0] * key[1]) - 1 }, [2, 3, (query[0] * query[1]) - 5] }, o => o.WithStrictOrdering(), "keys come before queries, and no region covers the third tensor");
        Near(moved.Squares[0], 4, 0, 0);
        Near(moved.Squares[1], 9, 16 + 25, 144);

        // In the first region 4 and 9 over 1 and 2 weights, and over 2 and 2 where the first tensor is chosen twice.
        moved.RootMeanSquare(0, [0, 1]).Should().BeApproximately(Math.Sqrt(13 / 3.0), Rounding);
        moved.RootMeanSquare(0, [0, 1, 0]).Should().BeApproximately(Math.Sqrt(17 / 4.0), Rounding);
    }

    private static Region Of(long[] query, long[] key, long[] queries, long[] keys) => new(
    [
        KeyValuePair.Create(Query, new RegionPart(query, Mask(query, queries))),
        KeyValuePair.Create(Key, new RegionPart(key, Mask(key, keys))),
    ]);

    private static Bitmask Mask(long[] shape, long[] members)
    {
        Bitmask mask = new(shape[0] * shape[1]);
        foreach (long member in members)
            mask.Add(member);
        return mask;
    }

    private static void Move(LlamaModel model, string name, params (long Index, float By)[] weights)
    {
        using IDisposable noGradient = TorchSharp.torch.no_grad();
        using TorchSharp.torch.Tensor flat = model.Parameters[name].detach().view(-1);
        foreach ((long index, float by) in weights)
            flat[index] = flat[index] + by;
    }

    private static void Near(double[] squares, params double[] expected) => squares.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-4);
}
