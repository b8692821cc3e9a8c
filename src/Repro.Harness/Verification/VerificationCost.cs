using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;
using Repro.Harness.Texts;

namespace Repro.Harness.Verification;

/// <summary>Floating-point operations, and the disk.</summary>
/// <param name="Importance">Of summing gradients, for the regions and for quantities that take them afresh.</param>
/// <param name="Measurements">Of measuring perplexity.</param>
/// <param name="Training">Of further training.</param>
/// <param name="SumsOnDisk">Bytes of gradient sums at most: three parts of every text for each model, reading and score with sums of its own, and as many more as a quantity keeps.</param>
public sealed record WorkCost(double Importance, double Measurements, double Training, double SumsOnDisk)
{
    /// <summary>All operations.</summary>
    public double Operations => Importance + Measurements + Training;
}

/// <summary>What a verification costs, before anything is measured.</summary>
/// <param name="Own">The profile's own run.</param>
/// <param name="All">All passes; what they share with the own run is counted once.</param>
public sealed record VerificationCost(WorkCost Own, WorkCost All)
{
    // A backward pass is two forward ones.
    private const int ForwardAndBackward = 3;

    /// <summary>The cost of a profile's usual claims, and of all claims with every control and reading.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="profile">Gives samples, draws and training.</param>
    /// <param name="config">The model's shape.</param>
    /// <param name="documentTokens">Mean tokens of a document.</param>
    /// <param name="blocksTwice">Whether each block is computed again on the way back.</param>
    public static VerificationCost Of(Paper paper, Profile profile, LlamaConfig config, double documentTokens, bool blocksTwice)
    {
        RunConfiguration configuration = new() { Profile = profile, Checkpoint = "", Corpus = "", IsProfileOwn = true };
        IReadOnlyList<VerificationPass> usual = VerificationPass.Of(paper, configuration, paper.Select(profile, []), VerificationDepth.ClaimsOnly);
        IReadOnlyList<VerificationPass> thorough = VerificationPass.Of(paper, configuration, paper.Select(profile, [], thorough: true), VerificationDepth.Thorough);
        return new VerificationCost(Of(usual, config, documentTokens, blocksTwice).Own, Of(thorough, config, documentTokens, blocksTwice).All);
    }

    /// <summary>The cost of passes, the first of which is the own run.</summary>
    /// <inheritdoc cref="Of(Paper, Profile, LlamaConfig, double, bool)"/>
    internal static VerificationCost Of(IReadOnlyList<VerificationPass> passes, LlamaConfig config, double documentTokens, bool blocksTwice)
    {
        ModelSize size = new(config, config.WeightType);
        double document = documentTokens * size.ForwardOperations(documentTokens / 2);
        double backward = blocksTwice ? ForwardAndBackward + 1 : ForwardAndBackward;

        // Of a document, as shares of a pass for its gradients.
        double Passes(SummedTerm term) => term switch
        {
            SummedTerm.TokenImportance => documentTokens / 2,
            SummedTerm.SquaredInput => 1 / backward,
            _ => 1,
        };
        WorkCost Of(IReadOnlyList<VerificationPass> counted)
        {
            Work work = Work.Of(counted, Passes);
            return new WorkCost(backward * work.Summed * document, work.Measured * document, ForwardAndBackward * work.Trained * document, work.SumsKept * size.Sums);
        }

        return new VerificationCost(Of([passes[0]]), Of(passes));
    }

    /// <summary>Documents read. What passes share, by what their results depend on, is counted once.</summary>
    private sealed record Work(double Summed, double Measured, double Trained, int SumsKept)
    {
        public static Work Of(IReadOnlyList<VerificationPass> passes, Func<SummedTerm, double> passesOf)
        {
            Dictionary<string, double> summed = [];
            Dictionary<string, double> measured = [];
            Dictionary<string, double> trained = [];
            Dictionary<string, int> sumsKept = [];
            int texts = passes[0].Configuration.Profile.Texts.Importance.Count;
            int othersKept = 0;
            foreach (VerificationPass pass in passes)
            {
                Profile profile = pass.Configuration.Profile;
                string Under(IEnumerable<Reading> readings) => $"{pass.Configuration.Untrained} {profile.Readings.Describe(readings)}";
                MeasurementPlan[] plans = [.. pass.Tables.Select(t => t.Plan)];
                double sample = (double)texts * profile.LargeSample;
                string sums = Under([Reading.Importance, Reading.Samples]);
                IEnumerable<SampleSums> needed = plans.Any(p => p.NeedsImportance) ? RegionSpec.Sources(profile.Texts, plans.SelectMany(p => p.Regions)) : [];
                foreach (IGrouping<SummedTerm, SampleSums> term in needed.GroupBy(s => s.Term))
                {
                    string key = $"{sums} {term.Key}";
                    summed[key] = Math.Max(summed.GetValueOrDefault(key), passesOf(term.Key) * term.Sum(s => s.Documents(profile)));

                    // A sum for each column of a matrix is small beside one for each weight.
                    sumsKept[key] = term.Key == SummedTerm.SquaredInput ? 0 : Math.Max(sumsKept.GetValueOrDefault(key), term.Sum(s => s.Parts));
                }

                foreach (Quantity quantity in plans.SelectMany(p => p.Quantities).Where(q => q.SamplePasses > 0))
                    summed[$"{Under(quantity.Readings)} {quantity.Id}"] = quantity.SamplePasses * sample;
                othersKept = Math.Max(othersKept, plans.SelectMany(p => p.Quantities).DistinctBy(q => q.Id).Sum(q => q.SumsKept));

                foreach ((Condition condition, TestText text) in plans.SelectMany(p => p.Cells))
                    measured[$"{Under(condition.State.Readings)} {condition.State.Id} {text.Key}"] = condition.RandomDraw is null ? profile.TestDocuments : profile.TestDocuments / (double)profile.Shares.Count;
                foreach (PlannedRun run in PlannedRun.Of(plans))
                {
                    string key = $"{Under(run.Stops[0].Readings)} {run.Name}";
                    trained[key] = Math.Max(trained.GetValueOrDefault(key), run.Documents);
                }
            }

            return new Work(summed.Values.Sum(), measured.Values.Sum(), trained.Values.Sum(), sumsKept.Values.Sum() + (othersKept * texts));
        }
    }
}
