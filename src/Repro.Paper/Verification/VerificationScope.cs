using Repro.Engine.Models;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Verification;

/// <summary>Which of the claims can be decided with the texts and the memory there are, and which experiments that takes.</summary>
internal sealed class VerificationScope
{
    private readonly HashSet<Language> covered;
    private readonly HashSet<string> training;
    private readonly string? trainingRefusal;

    public VerificationScope(Setup setup, LlamaConfig config, TextLibrary texts, IReadOnlyList<Claim> claims)
    {
        trainingRefusal = setup.TrainingRefusal(config);
        IReadOnlyList<Experiment> all = PaperExperiments.All(setup.Profile);
        training = [.. all.Where(e => e.Conditions.OfType<FurtherTrained>().Any()).Select(e => e.Id)];
        covered = [.. claims.SelectMany(c => c.Languages).Concat(PaperLanguages.Region).Distinct().Where(texts.Covers)];
        Applicable = [.. claims.Where(c => WhyNot(c) is null)];
        Experiments = [.. all.Where(e => Applicable.Any(c => c.Experiments.Contains(e.Id)))];
    }

    /// <summary>The claims that can be decided.</summary>
    public IReadOnlyList<Claim> Applicable { get; }

    /// <summary>The experiments they need, in the order they run.</summary>
    public IReadOnlyList<Experiment> Experiments { get; }

    /// <summary>Why a claim can't be decided, or null where it can.</summary>
    public string? WhyNot(Claim claim)
    {
        if (trainingRefusal is not null && claim.Experiments.Any(training.Contains))
            return trainingRefusal;
        string[] missing = [.. claim.Languages.Concat(PaperLanguages.Region).Distinct().Where(l => !covered.Contains(l)).Select(l => l.Name)];
        return missing.Length == 0 ? null : $"the corpus lacks enough text of {string.Join(", ", missing)}";
    }
}
