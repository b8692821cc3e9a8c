using System.Globalization;
using System.Text;
using Repro.Engine.Models;
using Repro.Engine.Training;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;

namespace Repro.Paper.Reporting;

/// <summary>The page on Tables 2 and 6: whether a removed region grows back in place, or its float32 masters bring it back.</summary>
public static class MastersPage
{
    private const double PaperRate = 5e-5;
    private const int PaperSteps = 781;
    private const int StepsOfFirstCount = 7;

    /// <summary>The page as plain text, or null where neither table was measured.</summary>
    /// <param name="profile">Gives the plans.</param>
    /// <param name="paper">The paper's numbers.</param>
    /// <param name="experiments">The measured tables.</param>
    public static string? Of(Profile profile, IMeasuredWorld paper, IReadOnlyList<ExperimentGolden> experiments)
    {
        StringBuilder text = new();
        foreach ((string id, double ratio) in new[] { ("table-02", 0.01), ("table-06", 0.05) })
        {
            if (experiments.FirstOrDefault(e => e.Experiment == id) is { } measured)
                Table(text, profile, paper, measured, ratio);
        }

        return text.Length == 0 ? null : Introduction(profile) + text;
    }

    private static string Introduction(Profile profile)
    {
        double reach = UpdateBound.After(new TrainingSettings { Steps = PaperSteps, WarmUpSteps = 100, LearningRate = PaperRate }, StepsOfFirstCount);
        FormattableString text = $"""
            Does a removed region rebuild its competence in place?

            The paper's Tables 2 and 6 zero the Top region, train on Chinese, and find that the model recovers at once when the region is trained
            ("Top & Unfreeze") and slowly when it is held at zero. The text reads it as competence that is rebuilt in place.

            Another cause is possible. Weights are bfloat16 with float32 masters, and the released code zeroes the weights after the optimizer has
            cloned its masters. The first step copies the masters over the weights: the region is back, not rebuilt. So there are two readings,
            "true zero" (masters zeroed too) and "masters restored" (as the released code behaves).

            What training can reach: after 2K samples the paper has taken {StepsOfFirstCount} of {PaperSteps} steps, all in warm-up. Whatever the
            gradients, AdamW can have moved a zeroed weight by at most {reach:0.0e+0} at a peak rate of {PaperRate:0e+0} (UpdateBound). A matrix of a
            fresh model has a standard deviation of {Initialisation.StandardDeviation}, some {Initialisation.StandardDeviation / reach:0} times as much.

            Measured on the profile '{profile.Name}', perplexity; the paper's number, where it has one, in brackets.


            """;
        return text.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("\n");
    }

    private static void Table(StringBuilder text, Profile profile, IMeasuredWorld paper, ExperimentGolden measured, double ratio)
    {
        (string Name, TrainingPlan Plan)[] plans =
        [
            ("Top & Freeze", TrainingExperiments.TopFrozen(profile, ratio)),
            ("Bottom & Freeze", TrainingExperiments.BottomFrozen(profile, ratio)),
            ("Top, true zero", TrainingExperiments.TopTrained(profile, ratio, MasterReading.TrueZero)),
            ("Top, masters restored", TrainingExperiments.TopTrained(profile, ratio, MasterReading.MastersRestored)),
        ];
        Line(text, $"{ratio:0 %} removed");
        Line(text, $"{"",-24}{"samples",8}  {string.Join("", plans.Select(p => $"{p.Name,24}"))}");
        foreach (Languages.Language language in TrainingExperiments.RemoveFreezeTexts)
        {
            foreach (int documents in profile.Training.RemoveFreezeStops)
            {
                IEnumerable<string> cells = plans.Select(p =>
                {
                    FurtherTrained condition = new(p.Plan, documents);
                    return Cell(Math.Exp(Nats(measured, p.Plan, documents, language)), Math.Exp(paper.Nats(condition, language.Key)));
                });
                Line(text, $"{language.Name,-24}{documents * profile.Training.SamplesPerDocument / 1000,7}K  {string.Join("", cells.Select(c => $"{c,24}"))}");
            }
        }

        double Largest(TrainingPlan one, TrainingPlan other) => TrainingExperiments.RemoveFreezeTexts.Max(l => profile.Training.RemoveFreezeStops.Skip(1).Max(
            documents => Math.Abs(Nats(measured, one, documents, l) - Nats(measured, other, documents, l))));
        Line(text, $"From 2K samples on, true zeros lie within {Largest(plans[2].Plan, plans[0].Plan):0.000} nats per token of Top & Freeze and up to {Largest(plans[2].Plan, plans[1].Plan):0.000} from Bottom & Freeze;");
        Line(text, $"restored masters lie within {Largest(plans[3].Plan, plans[1].Plan):0.000} of Bottom & Freeze and up to {Largest(plans[3].Plan, plans[0].Plan):0.000} from Top & Freeze.");
        text.Append('\n');
    }

    private static double Nats(ExperimentGolden measured, TrainingPlan plan, int documents, Languages.Language language) =>
        measured.Languages[language.Name].NatsPerToken[new FurtherTrained(plan, documents).Id];

    private static string Cell(double measured, double paper) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured:0.00}") + (double.IsNaN(paper) ? "" : string.Create(CultureInfo.InvariantCulture, $" ({paper:0.00})"));

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
