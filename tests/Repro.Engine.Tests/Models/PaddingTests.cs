using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

public sealed class PaddingTests
{
    // The same float32 operations in another blocking: a few last places of numbers of order 1.
    private const double Tolerance = 1e-5;

    [Test]
    public void A_document_scores_the_same_alone_and_padded_in_a_batch()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        double[][] together = Losses(model, TinyModels.Documents);
        for (int i = 0; i < TinyModels.Documents.Length; i++)
        {
            double[] alone = Losses(model, [TinyModels.Documents[i]])[0];
            for (int t = 0; t < alone.Length; t++)
                together[i][t].Should().BeApproximately(alone[t], Tolerance);
            together[i][alone.Length..].Should().Equal(new double[together[i].Length - alone.Length]);
        }
    }

    [Test]
    public void Padding_adds_nothing_to_the_gradients()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        int[] document = TinyModels.Documents[2];
        Dictionary<string, float[]> alone = Gradients(model, [document]);

        // The longer second document only makes the padding: its own loss is left out.
        Dictionary<string, float[]> padded = Gradients(model, [document, TinyModels.Documents[1]], onlyFirst: true);
        foreach ((string name, float[] gradient) in alone)
            gradient.Zip(padded[name], (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan((float)Tolerance, name);
    }

    private static double[][] Losses(LlamaModel model, int[][] documents)
    {
        using DisposeScope scope = NewDisposeScope();
        using TokenBatch batch = new(documents);
        Tensor losses = TokenLoss.PerToken(model.Forward(batch.Inputs_BT), batch.Targets_BT);
        return [.. Enumerable.Range(0, documents.Length).Select(b => losses[b].data<float>().Select(v => (double)v).ToArray())];
    }

    private static Dictionary<string, float[]> Gradients(LlamaModel model, int[][] documents, bool onlyFirst = false)
    {
        using DisposeScope scope = NewDisposeScope();
        using TokenBatch batch = new(documents);
        Tensor losses = TokenLoss.PerToken(model.Forward(batch.Inputs_BT), batch.Targets_BT);
        Tensor loss = onlyFirst ? losses[0].sum() : losses.sum();
        string[] names = [.. model.Parameters.Keys];
        IList<Tensor> gradients = autograd.grad([loss], [.. names.Select(n => model.Parameters[n])]);
        return names.Zip(gradients).ToDictionary(p => p.First, p => p.Second.flatten().data<float>().ToArray());
    }
}
