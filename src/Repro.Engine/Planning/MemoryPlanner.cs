using System.Globalization;
using Repro.Engine.Files;
using Repro.Engine.Models;
using TorchSharp;

namespace Repro.Engine.Planning;

/// <summary>Chooses what is held where, from sizes and a budget: what is fastest comes first, what cannot fit is refused before any work.</summary>
/// <remarks>
/// Weights are resident where they fit beside a pass, streamed otherwise. Sums are beside the weights, else in the host's memory, else in a file.
/// A micro-batch keeps its graph where it fits; otherwise micro-batches go through the blocks together, as many as a quarter of what is left holds.
/// </remarks>
public static class MemoryPlanner
{
    private const int BlocksAtHand = 2;
    private const double ResidualShare = 0.25;

    /// <summary>Tokens that one backward pass reads on a device, padding included; 0 is one micro-batch. Decides the last bits of a number.</summary>
    public static long TokensPerBackward(torch.Device device) => device.type == DeviceType.CPU ? 0 : 8192;

    /// <summary>Plans a run that locates regions.</summary>
    /// <param name="size">The model.</param>
    /// <param name="config">Its shape.</param>
    /// <param name="devices">Where it computes.</param>
    /// <param name="budget">What the run may take.</param>
    /// <param name="batchTokens">Tokens of the largest micro-batch, padding included.</param>
    /// <exception cref="InputException">It cannot fit; the sentence says what is needed and what there is.</exception>
    public static MemoryPlan ForImportance(ModelSize size, LlamaConfig config, DeviceMap devices, MemoryBudget budget, long batchTokens)
    {
        long pass = size.BlockSums + size.BlockGradients + (batchTokens * (size.Graph + size.Logits + ((config.LayerCount + 2) * size.Residual)));
        (bool streams, long left) = PlaceWeights(size, devices, budget, pass);
        bool onHost = budget.Device is null;
        long host = onHost ? left : budget.Host;
        SumPlacement sums = left >= size.Sums + pass ? SumPlacement.Device
            : !onHost && host >= size.Sums ? SumPlacement.Host
            : SumPlacement.File;
        if (sums == SumPlacement.File && budget.Disk < size.Sums)
            throw new InputException($"The sums over gradients take {Text(size.Sums)}, which fits neither into memory nor onto the disk ({Text(budget.Disk)} free); free space, or name a folder on a larger disk.");

        long free = left - (sums == SumPlacement.Device ? size.Sums : 0);
        long graph = (batchTokens * ((config.LayerCount * size.Graph) + size.Logits)) + size.BlockGradients + size.BlockSums;
        bool keepsGraph = !streams && sums == SumPlacement.Device && free >= graph;
        long together = keepsGraph ? 0 : Math.Max(batchTokens, (long)(ResidualShare * (free - pass) / ((config.LayerCount + 2) * size.Residual)));
        return new MemoryPlan
        {
            Devices = devices,
            StreamsBlocks = streams,
            Sums = sums,
            TokensTogether = together,
            Weights = size.Weights,
            Lines =
            [
                WeightsLine(size, devices, streams),
                $"sums over gradients: {Text(size.Sums)} in float32, {Where(sums, onHost)}",
                keepsGraph
                    ? $"gradients: a micro-batch at a time, {Text(graph)}"
                    : string.Create(CultureInfo.InvariantCulture, $"gradients: a block at a time for {together:N0} tokens together, each block computed twice, {Text(pass + (together * (config.LayerCount + 2) * size.Residual))}"),
            ],
        };
    }

    /// <summary>Plans a run that only measures or generates.</summary>
    /// <inheritdoc cref="ForImportance"/>
    public static MemoryPlan ForEvaluation(ModelSize size, DeviceMap devices, MemoryBudget budget, long batchTokens)
    {
        (bool streams, _) = PlaceWeights(size, devices, budget, batchTokens * (size.Graph + size.Logits));
        return new MemoryPlan { Devices = devices, StreamsBlocks = streams, Weights = size.Weights, Lines = [WeightsLine(size, devices, streams)] };
    }

    /// <summary>Checks that AdamW's state fits: the weights, float32 masters and two moments, gradients, and the copy that measurements are taken on.</summary>
    /// <param name="size">The model in the type it is trained in.</param>
    /// <param name="budget">What the run may take.</param>
    /// <param name="devices">How many devices share it.</param>
    /// <exception cref="InputException">It does not fit.</exception>
    public static void CheckTraining(ModelSize size, MemoryBudget budget, int devices)
    {
        const int StatesPerWeight = 4;
        long needed = (2 * size.Weights) + (StatesPerWeight * sizeof(float) * (size.BlockWeights + size.OtherWeights));
        long room = budget.Device is { } each ? each * devices : budget.Host;
        if (needed > room)
            throw new InputException($"Further training of this checkpoint takes {Text(needed)} of memory for weights, masters, moments and gradients, and {Text(room)} may be used; use more or larger devices.");
    }

    private static (bool Streams, long Left) PlaceWeights(ModelSize size, DeviceMap devices, MemoryBudget budget, long pass)
    {
        long room = budget.Device is { } each ? each * devices.All.Count : budget.Host;
        if (size.Weights + pass <= room)
            return (false, room - size.Weights);
        long streamed = size.Other + (BlocksAtHand * size.Block);
        return streamed + pass <= room
            ? (true, room - streamed)
            : throw new InputException($"This takes {Text(streamed + pass)} of memory even with one block at a time, and {Text(room)} may be used; give it more (--memory), shorter documents or a smaller micro-batch.");
    }

    private static string WeightsLine(ModelSize size, DeviceMap devices, bool streams)
    {
        string where = string.Join(", ", devices.All.Select(d => d.ToString()));
        return streams
            ? $"weights: {Text(size.Weights)}, in the checkpoint's files; a block of {Text(size.Block)} at a time comes to {where}"
            : $"weights: {Text(size.Weights)}, resident on {where}";
    }

    private static string Where(SumPlacement sums, bool onHost) => sums switch
    {
        SumPlacement.Device => onHost ? "in memory" : "on the device",
        SumPlacement.Host => "in the host's memory",
        _ => "in a file",
    };

    private static string Text(long bytes) => ByteSize.Text(bytes);
}
