using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>One block with weights that make attention and feed-forward computable by hand; streams of ±1, which RMSNorm leaves as they are.</summary>
public sealed class LlamaBlockTests
{
    // A few roundings of numbers of order 1 in float32.
    private const float Tolerance = 2e-6f;
    private static readonly float[] Identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

    private LlamaModel model = null!;

    [SetUp]
    public void Create()
    {
        model = new LlamaModel(
            new LlamaConfig
            {
                Architecture = new Llama(),
                VocabularySize = 3,
                HiddenSize = 4,
                IntermediateSize = 1,
                LayerCount = 1,
                HeadCount = 1,
                KeyValueHeadCount = 1,
                HeadSize = 4,
                MaxPositions = 8,
                RmsNormEpsilon = 0,

                // The second pair of dimensions (1 and 3) hardly turns.
                RopeTheta = 1e16,
            },
            ScalarType.Float32,
            CPU);
        Set("input_layernorm", 1, 1, 1, 1);
        Set("post_attention_layernorm", 1, 1, 1, 1);
    }

    [TearDown]
    public void Remove() => model.Dispose();

    [Test]
    public void A_block_of_zero_weights_leaves_the_stream() => Run([[1, -1, 1, -1], [1, 1, -1, -1]]).Should().Equal(1, -1, 1, -1, 1, 1, -1, -1);

    [Test]
    public void Without_scores_each_position_gets_the_mean_of_the_values_so_far()
    {
        Set("self_attn.v_proj", Identity);
        Set("self_attn.o_proj", Identity);

        // Values so far: (1, 1); then with (1, -1) the mean (1, 0); then with (-1, -1) the mean (1/3, -1/3).
        Near(
            Run([[1, 1, 1, 1], [1, -1, 1, -1], [-1, -1, -1, -1]]),
            2, 2, 2, 2, 2, -1, 2, -1, -2 / 3f, -4 / 3f, -2 / 3f, -4 / 3f);
    }

    [Test]
    public void Scores_are_divided_by_the_root_of_the_head_size_before_the_softmax()
    {
        Set("self_attn.v_proj", Identity);
        Set("self_attn.o_proj", Identity);

        // The query is 2 ln 3 in dimension 1; the key there is 0 at position 0 and 1 at position 1: scores 0 and ln 3, weights 1/4 and 3/4.
        Set("self_attn.q_proj", 0, 0, 0, 0, 2 * MathF.Log(3), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Set("self_attn.k_proj", 0, 0, 0, 0, 0.5f, -0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Near(Run([[1, 1, 1, 1], [1, -1, 1, -1]]), 2, 2, 2, 2, 2, -1.5f, 2, -1.5f);
    }

    [Test]
    public void Scores_depend_on_the_distance_of_positions_only()
    {
        Set("self_attn.v_proj", Identity);
        Set("self_attn.o_proj", Identity);

        // Query (2, 0, 0, 0) and key (1, 0, 0, 0) turn by one radian a position: scores cos(distance), so cos 1 for the position before.
        Set("self_attn.q_proj", 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Set("self_attn.k_proj", 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        const double Before = 1.7165257; // exp(cos 1)
        const double Here = 2.7182818;
        float seen = (float)((Before - Here) / (Before + Here));
        Near(Run([[1, 1, 1, 1], [1, -1, 1, -1]]), 2, 2, 2, 2, 2, -1 + seen, 2, -1 + seen);
    }

    [Test]
    public void The_feed_forward_layer_gates_with_silu()
    {
        // silu(ln 3) is ln 3 · 3/4.
        Set("mlp.gate_proj", MathF.Log(3), 0, 0, 0);
        Set("mlp.up_proj", 0, 2, 0, 0);
        Set("mlp.down_proj", 1, 0, 0, 0);
        Near(Run([[1, 1, 1, 1]]), 1 + (1.5f * MathF.Log(3)), 1, 1, 1);
        Near(Run([[-1, 1, 1, 1]]), -1 - (0.5f * MathF.Log(3)), 1, 1, 1);
    }

    private static void Near(float[] got, params float[] expected)
    {
        got.Should().HaveSameCount(expected);
        for (int i = 0; i < expected.Length; i++)
            got[i].Should().BeApproximately(expected[i], Tolerance, $"of index {i}");
    }

    private float[] Run(float[][] stream)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor hidden = tensor(stream.SelectMany(v => v).ToArray(), [1, stream.Length, 4]);
        using BlockLease block = model.Take(0, next: 1);
        return block.Forward(hidden).flatten().data<float>().ToArray();
    }

    private void Set(string name, params float[] values)
    {
        string weight = $"model.layers.0.{name}.weight";
        using Tensor content = tensor(values, model.Parameters[weight].shape);
        model.Parameters.Set(weight, content);
    }
}
