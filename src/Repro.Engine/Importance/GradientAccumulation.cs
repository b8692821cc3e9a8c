using Repro.Engine.Cores;
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Runs documents through a model and adds their gradients to sums, wherever those are held.</summary>
internal sealed class GradientAccumulation : IGradientVisitor
{
    private readonly ISumStorage sums;
    private readonly GradientPass pass;
    private readonly Dictionary<string, (Tensor Sum, Tensor Weight)> open = new(StringComparer.Ordinal);

    private GradientAccumulation(ISumStorage sums, GradientPass pass)
    {
        this.sums = sums;
        this.pass = pass;
    }

    public static void Run(
        LlamaModel model, IReadOnlyList<int[]> documents, GradientPass pass, ISumStorage sums, Action<double>? progress, CancellationToken cancellation)
    {
        // With one thread where others would run side by side, so that the numbers do not depend on the number of threads.
        if (OneCoreEach.Degree(model.Config, model.Device) > 1)
        {
            OneCoreEach.Alone(() => Run(model, documents, pass, sums, progress, cancellation));
            return;
        }

        GradientAccumulation visitor = new(sums, pass);
        long all = Math.Max(1, GradientSums.TokensOf(pass.Term.Read(documents)));
        long done = 0;
        foreach (int[][][] group in Groups(documents, pass))
        {
            cancellation.ThrowIfCancellationRequested();
            long tokens = group.Sum(GradientSums.TokensOf);
            TokenBatch[] batches = [.. group.Select(chunk => new TokenBatch(chunk, model.Device, pass.MicroBatch, onlyLast: pass.Term == SummedTerm.TokenImportance))];
            try
            {
                void Report(double share) => progress?.Invoke((done + (share * tokens)) / all);
                if (pass.Term.IsOfGradients())
                    LayerwiseGradients.Visit(model, batches, visitor, Report, cancellation);
                else
                    LayerwiseInputs.Visit(model, batches, visitor, Report, cancellation);
            }
            finally
            {
                visitor.Release();
                foreach (TokenBatch batch in batches)
                    batch.Dispose();
            }

            done += tokens;
            progress?.Invoke(done / (double)all);
        }
    }

    /// <summary>Whether all documents go through the blocks together, so that a sum is complete when its block ends.</summary>
    public static bool IsOneSweep(IReadOnlyList<int[]> documents, GradientPass pass) => Groups(documents, pass).Count() == 1;

    /// <summary>What a sum says of a weight.</summary>
    /// <returns>float32 on the CPU, in the caller's dispose scope.</returns>
    public static Tensor Score(Tensor sum, Tensor weight, ImportanceReading reading, ImportanceScore score)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor wide = weight.to(ScalarType.Float32);
        Tensor result = score switch
        {
            ImportanceScore.Magnitude => wide.abs(),
            ImportanceScore.Gradient => sum.abs(),
            ImportanceScore.Snip => sum.clone(),
            ImportanceScore.Wanda => wide.abs() * sum.sqrt().to(wide.device),
            ImportanceScore.Fisher => wide.Squared() * sum.to(wide.device),
            _ => reading == ImportanceReading.Signed ? (sum.to(wide.device) * wide).abs() : sum.clone(),
        };
        return result.cpu().MoveToOuterDisposeScope();
    }

    public bool Wants(string name) => sums.Holds(name);

    public void Visit(string name, Tensor weight, Tensor gradient)
    {
        if (!open.TryGetValue(name, out (Tensor Sum, Tensor Weight) at))
            open[name] = at = (Opened(name, weight.device), weight);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor wide = gradient.to(ScalarType.Float32);
        Tensor term = pass.Term switch
        {
            SummedTerm.SquaredGradient => wide.Squared(),
            SummedTerm.SquaredInput => wide,
            _ => pass.AddsGradients ? wide : (wide * weight.to(ScalarType.Float32)).abs(),
        };
        at.Sum.Add(term.to(at.Sum.dtype));
    }

    public void EndBlock()
    {
        foreach ((string name, (Tensor sum, Tensor weight)) in open)
            sums.Put(name, sum, weight);
        Release();
    }

    // A storage in the device's memory gives its own tensor, which stays.
    private void Release()
    {
        foreach ((string name, (Tensor sum, _)) in open)
        {
            if (sums is not SumsInMemory memory || memory.Read(name).Handle != sum.Handle)
                sum.Dispose();
        }

        open.Clear();
    }

    private Tensor Opened(string name, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor sum = sums.Take(name, device);
        return sum.DetachFromDisposeScope();
    }

    // Micro-batches are the same whatever goes through the blocks together.
    private static IEnumerable<int[][][]> Groups(IReadOnlyList<int[]> documents, GradientPass pass)
    {
        List<int[][]> group = [];
        long tokens = 0;
        foreach (int[][] chunk in Passes(documents, pass))
        {
            long padded = Padded(chunk);
            if (group.Count > 0 && tokens + padded > pass.TokensTogether)
            {
                yield return [.. group];
                group.Clear();
                tokens = 0;
            }

            group.Add(chunk);
            tokens += padded;
        }

        if (group.Count > 0)
            yield return [.. group];
    }

    private static IEnumerable<int[][]> Passes(IReadOnlyList<int[]> documents, GradientPass pass) =>
        pass.Term is SummedTerm.TokenImportance or SummedTerm.SquaredInput ? pass.Term.Read(documents).Select(read => new[] { read }) : MicroBatches(documents, pass);

    // Whole micro-batches, as many as a backward pass may read.
    private static IEnumerable<int[][]> MicroBatches(IReadOnlyList<int[]> documents, GradientPass pass)
    {
        List<int[]> together = [];
        foreach (int[][] chunk in documents.Chunk(pass.MicroBatch))
        {
            if (together.Count > 0 && (!pass.AddsGradients || Padded([.. together, .. chunk]) > pass.TokensPerBackward))
            {
                yield return [.. together];
                together.Clear();
            }

            together.AddRange(chunk);
        }

        if (together.Count > 0)
            yield return [.. together];
    }

    private static long Padded(int[][] documents) => documents.Max(d => d.Length - 1L) * documents.Length;
}
