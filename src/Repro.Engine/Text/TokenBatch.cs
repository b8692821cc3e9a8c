// B documents · T tokens of the longest document, less one, and padding
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Text;

/// <summary>Documents as tensors: every token but the last predicts the one after it.</summary>
public sealed class TokenBatch : IDisposable
{
    /// <summary>Label of a padded position.</summary>
    public const long Ignored = -100;

    /// <summary>Pads documents on the right to one length.</summary>
    /// <param name="documents">Token ids, at least two each.</param>
    /// <param name="device">Where the tensors go; a copy to a GPU goes on while the GPU computes.</param>
    /// <param name="microBatch">Documents per micro-batch, where the batch holds several; null is one.</param>
    /// <param name="onlyLast">Whether only the last token of each document is predicted.</param>
    /// <param name="multiple">T is made a multiple of it.</param>
    public TokenBatch(IReadOnlyList<int[]> documents, Device? device = null, int? microBatch = null, bool onlyLast = false, int multiple = 1)
    {
        int length = (documents.Max(d => d.Length) - 1 + multiple - 1) / multiple * multiple;
        long[] inputs = new long[documents.Count * length];
        long[] targets = new long[documents.Count * length];
        Array.Fill(targets, Ignored);
        for (int b = 0; b < documents.Count; b++)
        {
            int[] ids = documents[b];
            for (int t = 0; t + 1 < ids.Length; t++)
            {
                inputs[(b * length) + t] = ids[t];
                if (!onlyLast || t + 2 == ids.Length)
                    targets[(b * length) + t] = ids[t + 1];
            }
        }

        Predicted = onlyLast ? documents.Count : documents.Sum(d => d.Length - 1);
        double[] shares = [.. documents.Chunk(microBatch ?? documents.Count).SelectMany(chunk => Enumerable.Repeat(1.0 / (onlyLast ? chunk.Length : chunk.Sum(d => d.Length - 1)), chunk.Length))];
        Inputs_BT = Place(inputs, documents.Count, length, device);
        Targets_BT = Place(targets, documents.Count, length, device);
        Shares_BT = Place([.. targets.Select((target, at) => target == Ignored ? 0 : shares[at / length])], documents.Count, length, device);
    }

    /// <summary>Tokens to read, int64 [B, T].</summary>
    public Tensor Inputs_BT { get; }

    /// <summary>Tokens to predict, int64 [B, T]; <see cref="Ignored"/> where padded.</summary>
    public Tensor Targets_BT { get; }

    /// <summary>What the loss of each position counts in the sum of the micro-batches' mean losses, float64 [B, T]; 0 where padded.</summary>
    public Tensor Shares_BT { get; }

    /// <summary>How many tokens are predicted.</summary>
    public int Predicted { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs_BT.Dispose();
        Targets_BT.Dispose();
        Shares_BT.Dispose();
    }

    private static Tensor Place<T>(T[] values, long rows, long columns, Device? device)
        where T : struct
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor host = from_array(values).view(rows, columns);
        bool copies = device is not null && device.type != DeviceType.CPU;
        return (copies ? host.pin_memory().to(device!, non_blocking: true) : host).DetachFromDisposeScope();
    }
}
