using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Regions;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Harness.Measuring;

/// <summary>A request to keep how far a training run has moved the weights by one of its stops.</summary>
/// <param name="Stop">The stop.</param>
/// <param name="Regions">Regions that share no weight and cover the same tensors; they and all else in these tensors are told apart.</param>
public sealed record Displacement(TrainedCondition Stop, IReadOnlyList<RegionSpec> Regions)
{
    /// <summary>A short unique name.</summary>
    public string Id => $"{Stop.Id}, moved in {string.Join(", ", Regions.Select(r => r.Id))}";
}

/// <summary>How far weights have moved, tensor by tensor.</summary>
/// <param name="Squares">For each tensor the sums of squared distances: in each region, and last outside of them.</param>
/// <param name="Weights">How many weights each of them is over.</param>
public sealed record Moved(double[][] Squares, long[][] Weights)
{
    /// <summary>Compares the tensors that regions cover.</summary>
    /// <param name="before">Weights before the run.</param>
    /// <param name="after">Weights now.</param>
    /// <param name="regions">The regions, at least one.</param>
    internal static Moved Between(ParameterSet before, ParameterSet after, IReadOnlyList<Region> regions)
    {
        using IDisposable noGradient = no_grad();
        (double Square, long Count)[][] tensors = [.. regions[0].Parts.Keys.Select(name => InParts(before[name], after[name], [.. regions.Select(r => r.Parts[name].Mask)]).ToArray())];
        return new Moved([.. tensors.Select(t => t.Select(p => p.Square).ToArray())], [.. tensors.Select(t => t.Select(p => p.Count).ToArray())]);
    }

    /// <summary>Root mean square of the distances in one place of chosen tensors.</summary>
    /// <param name="place">A region by its number, or the number of regions for what lies outside of them.</param>
    /// <param name="tensors">The tensors by their numbers; one may be chosen several times.</param>
    public double RootMeanSquare(int place, IEnumerable<int> tensors)
    {
        int[] chosen = [.. tensors];
        return Math.Sqrt(chosen.Sum(t => Squares[t][place]) / chosen.Sum(t => Weights[t][place]));
    }

    private static List<(double Square, long Count)> InParts(Tensor before, Tensor after, Bitmask[] regions)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor squares = (after.to(ScalarType.Float64) - before.to(ScalarType.Float64)).Squared().view(-1);
        List<(double Square, long Count)> parts = [];
        foreach (Bitmask region in regions)
        {
            Tensor members = tensor(region.Members().ToArray(), ScalarType.Int64).to(squares.device);
            parts.Add((squares.index_select(0, members).sum().ToDouble(), region.Count));
            squares.index_fill_(0, members, Scalars.Of(0L));
        }

        parts.Add((squares.sum().ToDouble(), squares.NumberOfElements - regions.Sum(r => r.Count)));
        return parts;
    }
}
