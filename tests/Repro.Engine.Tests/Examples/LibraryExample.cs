using Repro.Engine.Checkpoints;
using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Examples;

/// <summary>The example in <c>docs/library.md</c> of the engine as a library: what stands between the two marks is printed there.</summary>
internal static class LibraryExample
{
    // example
    public static (double Before, double Without, double After) RemoveRussianCore(string checkpoint, string corpora)
    {
        using LlamaModel model = Checkpoint.Load(checkpoint);
        DocumentReader reader = new(model.Config, checkpoint);
        Corpus corpus = Corpus.Open(corpora);
        int[][] samples = [.. reader.Language(corpus, "ru", Split.Train).Take(20)];
        IReadOnlyList<int[]> test = reader.Language(corpus, "ru", Split.Test);

        // Importance of every weight (Eq. 4), layer by layer, and the top 3 % of each tensor.
        using GradientSums sums = GradientSums.Over(model, samples, new GradientPass(MicroBatch: 10, ImportanceReading.Signed));
        using ImportanceMap importance = sums.ToMap(model);
        Region top = RegionSelection.Top(importance, ratio: 0.03);

        double before = Evaluator.Measure(model, test).Perplexity;
        double without;
        using (new RemoveRegion(top).Apply(model))
            without = Evaluator.Measure(model, test).Perplexity;

        // Leaving the scope has restored the weights bit for bit.
        return (before, without, Evaluator.Measure(model, test).Perplexity);
    }
    // end of example
}
