using Repro.Engine.Models;
using Repro.Engine.Planning;

namespace Repro.Harness.Measuring;

/// <summary>Counts the floating-point operations of reading, of summing gradients and of training; what quantities compute besides is not counted.</summary>
/// <param name="config">The model's shape.</param>
public sealed class WorkMeter(LlamaConfig config)
{
    private readonly ModelSize size = new(config, config.WeightType);
    private readonly Lock counting = new();

    /// <summary>Operations so far.</summary>
    public double Operations { get; private set; }

    /// <summary>Counts documents that were read.</summary>
    public void Read(IEnumerable<int[]> documents) => Add(size.ForwardOperations, documents.Select(d => d.Length - 1));

    /// <summary>Counts documents whose gradients were taken.</summary>
    public void Trained(IEnumerable<int[]> documents) => Add(size.TrainingOperations, documents.Select(d => d.Length - 1));

    /// <summary>Counts one document's tokens in training.</summary>
    public void Trained(int tokens) => Add(size.TrainingOperations, [tokens]);

    // A token attends to half of its document on average.
    private void Add(Func<double, double> perToken, IEnumerable<int> tokens)
    {
        double operations = tokens.Sum(count => count * perToken(count / 2.0));
        lock (counting)
            Operations += operations;
    }
}
