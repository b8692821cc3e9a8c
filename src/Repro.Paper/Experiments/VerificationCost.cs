using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>What a verification under a profile costs, before any text is at hand.</summary>
/// <param name="Importance">Operations of summing gradients, once in float32 and once in bfloat16 (Appendix B).</param>
/// <param name="Measurements">Operations of measuring perplexity.</param>
/// <param name="Training">Operations of further training.</param>
/// <param name="SumsOnDisk">Bytes of gradient sums that are kept: three parts of six languages.</param>
public sealed record VerificationCost(double Importance, double Measurements, double Training, double SumsOnDisk)
{
    // A backward pass is two forward ones.
    private const int ForwardAndBackward = 3;
    private const int Passes = 2;
    private const int PartsKept = 3;

    /// <summary>All operations.</summary>
    public double Operations => Importance + Measurements + Training;

    /// <summary>The cost of all claims, without the other readings.</summary>
    /// <param name="profile">Gives samples, draws and training.</param>
    /// <param name="config">The model's shape.</param>
    /// <param name="documentTokens">Mean tokens of a document.</param>
    public static VerificationCost Of(Profile profile, LlamaConfig config, double documentTokens)
    {
        ModelSize size = new(config, config.WeightType);
        double perToken = size.ForwardOperations(documentTokens / 2);
        IReadOnlyList<Experiment> experiments = PaperExperiments.All(profile);
        int cells = experiments.SelectMany(e => e.Conditions.SelectMany(c => e.Languages.Select(l => (c.Id, l.Key)))).Distinct().Count();
        double trained = experiments.SelectMany(e => e.Conditions).OfType<FurtherTrained>().Select(c => (c.Plan, c.Draw)).Distinct()
            .Sum(run => profile.FurtherDocuments(run.Plan.Language) * (1 + run.Plan.Replay));
        return new VerificationCost(
            ForwardAndBackward * Passes * PaperLanguages.Region.Count * profile.LargeSample * documentTokens * perToken,
            cells * profile.TestDocuments * documentTokens * perToken,
            ForwardAndBackward * trained * documentTokens * perToken,
            PartsKept * PaperLanguages.Region.Count * size.Sums);
    }
}
