using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Verification;

/// <summary>Floating-point operations, and the disk.</summary>
/// <param name="Importance">Of summing gradients: for the regions, again in bfloat16 sums (Appendix B), again with planted weights.</param>
/// <param name="Measurements">Of measuring perplexity.</param>
/// <param name="Training">Of further training.</param>
/// <param name="SumsOnDisk">Bytes of gradient sums at most: three parts of six languages for each model and reading, and six more while those of Appendix B are there.</param>
public sealed record WorkCost(double Importance, double Measurements, double Training, double SumsOnDisk)
{
    /// <summary>All operations.</summary>
    public double Operations => Importance + Measurements + Training;
}

/// <summary>What a verification costs, before anything is measured.</summary>
/// <param name="Own">The profile's own run.</param>
/// <param name="WithControls">With the untrained checkpoint and the other readings; what they share with the own run is counted once.</param>
public sealed record VerificationCost(WorkCost Own, WorkCost WithControls)
{
    private const int PartsKept = 3;

    // A backward pass is two forward ones.
    private const int ForwardAndBackward = 3;

    /// <summary>The cost of all claims under a profile, with controls.</summary>
    /// <param name="profile">Gives samples, draws and training.</param>
    /// <param name="config">The model's shape.</param>
    /// <param name="documentTokens">Mean tokens of a document.</param>
    /// <param name="blocksTwice">Whether each block is computed again on the way back.</param>
    public static VerificationCost Of(Profile profile, LlamaConfig config, double documentTokens, bool blocksTwice)
    {
        Setup setup = new() { Profile = profile, Checkpoint = "", Corpus = "", IsProfileOwn = true };
        return Of(VerificationPass.Of(setup, PaperClaims.All(profile), withControls: true), config, documentTokens, blocksTwice);
    }

    /// <summary>The cost of passes, the first of which is the own run.</summary>
    /// <inheritdoc cref="Of(Profile, LlamaConfig, double, bool)"/>
    internal static VerificationCost Of(IReadOnlyList<VerificationPass> passes, LlamaConfig config, double documentTokens, bool blocksTwice)
    {
        ModelSize size = new(config, config.WeightType);
        double document = documentTokens * size.ForwardOperations(documentTokens / 2);
        double backward = blocksTwice ? ForwardAndBackward + 1 : ForwardAndBackward;
        WorkCost Of(IReadOnlyList<VerificationPass> counted)
        {
            Work work = Work.Of(counted);
            return new WorkCost(backward * work.Summed * document, work.Measured * document, ForwardAndBackward * work.Trained * document, work.SumsKept * size.Sums);
        }

        return new VerificationCost(Of([passes[0]]), Of(passes));
    }

    /// <summary>Documents read. What passes share, by what their results are kept under, is counted once.</summary>
    private sealed record Work(double Summed, double Measured, double Trained, int SumsKept)
    {
        public static Work Of(IReadOnlyList<VerificationPass> passes)
        {
            Dictionary<string, double> summed = [];
            Dictionary<string, double> measured = [];
            Dictionary<string, double> trained = [];
            HashSet<string> samples = [];
            bool narrow = false;
            foreach (VerificationPass pass in passes)
            {
                Profile profile = pass.Setup.Profile;
                string model = pass.Setup.Untrained ? "untrained" : "";
                string sums = $"{model} {profile.Reading} {profile.Samples}";
                string regions = $"{sums} {profile.Norms}";
                string Readings(Condition condition) => condition switch { { DependsOnImportance: true } => regions, { HasRegion: true } => $"{model} {profile.Norms}", _ => model };
                Experiment[] experiments = [.. PaperExperiments.All(profile).Where(e => pass.Claims.Any(c => c.Experiments.Contains(e.Id)))];
                double sample = PaperLanguages.Region.Count * profile.LargeSample;
                if (experiments.Length > 0 && samples.Add(sums))
                    summed[sums] = sample;
                narrow |= experiments.Any(e => e.Quantities.Any(q => q.Id == ConsistencyQuantities.Accumulators));
                foreach (Quantity quantity in experiments.SelectMany(e => e.Quantities).Where(q => q.SamplePasses > 0))
                    summed[$"{regions} {quantity.Id}"] = quantity.SamplePasses * sample;
                foreach ((Condition condition, Language language) in experiments.SelectMany(e => e.Conditions.SelectMany(c => e.Languages.Select(l => (c, l)))))
                    measured[$"{Readings(condition)} {condition.OtherReadings(profile)} {condition.Id} {language.Key}"] = profile.TestDocuments;
                foreach (FurtherTrained run in experiments.SelectMany(e => e.Conditions).OfType<FurtherTrained>())
                    trained[$"{Readings(run)} {run.Plan.Id} {run.Plan.Repeated} {run.Draw}"] = profile.FurtherDocuments(run.Plan.Language) * (1 + run.Plan.Replay);
            }

            return new Work(summed.Values.Sum(), measured.Values.Sum(), trained.Values.Sum(), PaperLanguages.Region.Count * ((PartsKept * samples.Count) + (narrow ? 1 : 0)));
        }
    }
}
