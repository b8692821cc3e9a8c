using Repro.Engine.Models;

namespace Repro.Engine.Tests.Support;

/// <summary>The LLaMA family in float64 loops, written from the papers for comparison; shares no code with the engine.</summary>
internal sealed class ReferenceLlama(ReferenceShape shape, Dictionary<string, double[]> weights)
{
    private readonly double[] frequencies = [.. Enumerable.Range(0, shape.HeadSize / 2).Select(shape.Frequency)];

    public ReferenceLlama(LlamaModel model)
        : this(
            ReferenceShape.Of(model.Config),
            model.Parameters.ToDictionary(p => p.Key, p => p.Value.detach().flatten().data<float>().Select(v => (double)v).ToArray()))
    {
    }

    public Dictionary<string, double[]> Weights => weights;

    /// <summary>Scores of the next token at every position of one document.</summary>
    public double[][] Logits(int[] ids)
    {
        double factor = shape.Gemma is null ? 1 : Math.Sqrt(shape.Width);
        double[][] stream = [.. ids.Select(id => Row(Weights["model.embed_tokens.weight"], id, shape.Width).Select(v => v * factor).ToArray())];
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            string prefix = $"model.layers.{layer}.";
            (string? before, string? behind, string? beforeForward, string? behindForward) = shape.BlockNorms;
            Add(stream, Norms(Attention(Norms(stream, before, prefix), prefix + "self_attn.", !shape.Unturned.Contains(layer)), behind, prefix));
            Add(stream, Norms([.. Norms(stream, beforeForward, prefix).Select(x => FeedForward(x, prefix + "mlp."))], behindForward, prefix));
        }

        double[] head = Weights[shape.Tied ? "model.embed_tokens.weight" : "lm_head.weight"];
        return [.. Norms(stream, Weights["model.norm.weight"]).Select(x => Times(head, x).Select(v => shape.Gemma is { } gemma ? ReferenceGemma.Limited(v, gemma.LogitLimit) : v).ToArray())];
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

    /// <summary>Central difference of the loss in one weight.</summary>
    public double Slope(int[][] documents, string name, int index, double step = 1e-6)
    {
        double kept = Weights[name][index];
        Weights[name][index] = kept + step;
        double above = Loss(documents);
        Weights[name][index] = kept - step;
        double below = Loss(documents);
        Weights[name][index] = kept;
        return (above - below) / (2 * step);
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
        double root = Math.Sqrt((x.Sum(v => v * v) / x.Length) + shape.Epsilon);
        return x.Select((v, i) => v / root * (shape.Gemma is null ? weight[i] : 1 + weight[i])).ToArray();
    })];

    private double[][] Norms(double[][] stream, string? name, string prefix) => name is null ? stream : Norms(stream, Weights[$"{prefix}{name}.weight"]);

    private double[] FeedForward(double[] x, string prefix)
    {
        double[] gate = Project(prefix + "gate_proj", x);
        double[] up = Project(prefix + "up_proj", x);
        return Times(Weights[prefix + "down_proj.weight"], [.. gate.Select((g, i) => Bent(g) * up[i])]);
    }

    // SiLU, or GELU by its approximation.
    private double Bent(double gate) => shape.Gemma is null
        ? gate / (1 + Math.Exp(-gate))
        : gate / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (gate + (0.044715 * gate * gate * gate))));

    // A projection with its bias, where the checkpoint has one; of matrices that are stored as one, its rows.
    private double[] Project(string name, double[] x)
    {
        if (!Weights.ContainsKey(name + ".weight"))
        {
            (string fused, Range rows) = shape.Fused(name);
            return Times(Weights[fused + ".weight"], x)[rows];
        }

        double[] result = Times(Weights[name + ".weight"], x);
        return Weights.TryGetValue(name + ".bias", out double[]? bias) ? [.. result.Select((v, i) => v + bias[i])] : result;
    }

    private double[][] Attention(double[][] x, string prefix, bool turns)
    {
        int size = shape.HeadSize;
        double[][] queries = [.. x.Select((v, t) => Turn(HeadNorms(Project(prefix + "q_proj", v), prefix + "q_norm.weight"), turns ? t : 0))];
        double[][] keys = [.. x.Select((v, t) => Turn(HeadNorms(Project(prefix + "k_proj", v), prefix + "k_norm.weight"), turns ? t : 0))];
        double[][] values = [.. x.Select(v => Project(prefix + "v_proj", v))];
        double[][] result = new double[x.Length][];
        for (int t = 0; t < x.Length; t++)
        {
            double[] mixed = new double[shape.Heads * size];
            int from = Math.Max(0, t + 1 - shape.Window);
            for (int head = 0; head < shape.Heads; head++)
            {
                int source = head / (shape.Heads / shape.KeyValueHeads);
                double[] powers = new double[t + 1];
                for (int s = from; s <= t; s++)
                {
                    double product = 0;
                    for (int i = 0; i < size; i++)
                        product += queries[t][(head * size) + i] * keys[s][(source * size) + i];
                    powers[s] = Math.Exp(shape.Gemma is { } gemma ? ReferenceGemma.Limited(product / Math.Sqrt(gemma.Scalar), gemma.ScoreLimit) : product / Math.Sqrt(size));
                }

                double total = powers.Sum();
                for (int s = from; s <= t; s++)
                {
                    for (int i = 0; i < size; i++)
                        mixed[(head * size) + i] += powers[s] / total * values[s][(source * size) + i];
                }
            }

            result[t] = Project(prefix + "o_proj", mixed);
        }

        return result;
    }

    // Every head by itself or all together, where the checkpoint has a norm for them.
    private double[] HeadNorms(double[] heads, string name) =>
        Weights.TryGetValue(name, out double[]? weight) ? [.. Norms([.. heads.Chunk(weight.Length)], weight).SelectMany(part => part)] : heads;

    private double[] Turn(double[] heads, int position)
    {
        int half = shape.HeadSize / 2;
        double[] turned = new double[heads.Length];
        for (int start = 0; start < heads.Length; start += shape.HeadSize)
        {
            for (int i = 0; i < half; i++)
            {
                double angle = position * frequencies[i];
                (double a, double b) = (heads[start + i], heads[start + half + i]);
                turned[start + i] = (a * Math.Cos(angle)) - (b * Math.Sin(angle));
                turned[start + half + i] = (b * Math.Cos(angle)) + (a * Math.Sin(angle));
            }
        }

        return turned;
    }
}
