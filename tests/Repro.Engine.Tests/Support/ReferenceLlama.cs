using Repro.Engine.Models;

namespace Repro.Engine.Tests.Support;

/// <summary>LLaMA in float64 loops, written from the papers for comparison; shares no code with the engine.</summary>
internal sealed class ReferenceLlama
{
    private readonly LlamaConfig config;

    public ReferenceLlama(LlamaModel model)
    {
        config = model.Config;
        Weights = model.Parameters.ToDictionary(p => p.Key, p => p.Value.detach().flatten().data<float>().Select(v => (double)v).ToArray());
    }

    public Dictionary<string, double[]> Weights { get; }

    /// <summary>Scores of the next token at every position of one document.</summary>
    public double[][] Logits(int[] ids)
    {
        double[][] stream = [.. ids.Select(id => Row(Weights["model.embed_tokens.weight"], id, config.HiddenSize))];
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            string prefix = $"model.layers.{layer}.";
            Add(stream, Attention(Norms(stream, Weights[prefix + "input_layernorm.weight"]), prefix + "self_attn."));
            Add(stream, [.. Norms(stream, Weights[prefix + "post_attention_layernorm.weight"]).Select(x => FeedForward(x, prefix + "mlp."))]);
        }

        double[] head = Weights[config.TieWordEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight"];
        return [.. Norms(stream, Weights["model.norm.weight"]).Select(x => Times(head, x))];
    }

    /// <summary>Mean negative log-likelihood per predicted token of all documents together.</summary>
    public double Loss(int[][] documents)
    {
        double sum = 0;
        int tokens = 0;
        foreach (int[] document in documents)
        {
            double[][] logits = Logits(document[..^1]);
            for (int t = 0; t < logits.Length; t++, tokens++)
            {
                double most = logits[t].Max();
                sum += most + Math.Log(logits[t].Sum(v => Math.Exp(v - most))) - logits[t][document[t + 1]];
            }
        }

        return sum / tokens;
    }

    private static double[] Row(double[] matrix, int row, int width) => matrix[(row * width)..((row + 1) * width)];

    private static double[] Times(double[] matrix, double[] x)
    {
        double[] result = new double[matrix.Length / x.Length];
        for (int i = 0; i < result.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
                result[i] += matrix[(i * x.Length) + j] * x[j];
        }

        return result;
    }

    private static void Add(double[][] stream, double[][] change)
    {
        for (int t = 0; t < stream.Length; t++)
        {
            for (int d = 0; d < stream[t].Length; d++)
                stream[t][d] += change[t][d];
        }
    }

    private double[][] Norms(double[][] stream, double[] weight) => [.. stream.Select(x =>
    {
        double root = Math.Sqrt((x.Sum(v => v * v) / x.Length) + config.RmsNormEpsilon);
        return x.Select((v, i) => v / root * weight[i]).ToArray();
    })];

    private double[] FeedForward(double[] x, string prefix)
    {
        double[] gate = Times(Weights[prefix + "gate_proj.weight"], x);
        double[] up = Times(Weights[prefix + "up_proj.weight"], x);
        return Times(Weights[prefix + "down_proj.weight"], [.. gate.Select((g, i) => g / (1 + Math.Exp(-g)) * up[i])]);
    }

    private double[][] Attention(double[][] x, string prefix)
    {
        int size = config.HeadSize;
        double[][] queries = [.. x.Select((v, t) => Turn(Times(Weights[prefix + "q_proj.weight"], v), t))];
        double[][] keys = [.. x.Select((v, t) => Turn(Times(Weights[prefix + "k_proj.weight"], v), t))];
        double[][] values = [.. x.Select(v => Times(Weights[prefix + "v_proj.weight"], v))];
        double[][] result = new double[x.Length][];
        for (int t = 0; t < x.Length; t++)
        {
            double[] mixed = new double[config.HeadCount * size];
            for (int head = 0; head < config.HeadCount; head++)
            {
                int source = head / (config.HeadCount / config.KeyValueHeadCount);
                double[] scores = [.. Enumerable.Range(0, t + 1).Select(s => Enumerable.Range(0, size).Sum(i => queries[t][(head * size) + i] * keys[s][(source * size) + i]) / Math.Sqrt(size))];
                double total = scores.Sum(Math.Exp);
                for (int s = 0; s <= t; s++)
                {
                    for (int i = 0; i < size; i++)
                        mixed[(head * size) + i] += Math.Exp(scores[s]) / total * values[s][(source * size) + i];
                }
            }

            result[t] = Times(Weights[prefix + "o_proj.weight"], mixed);
        }

        return result;
    }

    private double[] Turn(double[] heads, int position)
    {
        int half = config.HeadSize / 2;
        double[] turned = new double[heads.Length];
        for (int start = 0; start < heads.Length; start += config.HeadSize)
        {
            for (int i = 0; i < half; i++)
            {
                double angle = position / Math.Pow(config.RopeTheta, 2.0 * i / config.HeadSize);
                (double a, double b) = (heads[start + i], heads[start + half + i]);
                turned[start + i] = (a * Math.Cos(angle)) - (b * Math.Sin(angle));
                turned[start + half + i] = (b * Math.Cos(angle)) + (a * Math.Sin(angle));
            }
        }

        return turned;
    }
}
