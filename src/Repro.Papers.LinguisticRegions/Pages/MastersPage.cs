using System.Globalization;
using System.Text;
using Repro.Engine.Models;
using Repro.Engine.Training;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Tables;

namespace Repro.Papers.LinguisticRegions.Pages;

/// <summary>The page on Tables 2 and 6: whether a removed region grows back in place, or its float32 masters bring it back.</summary>
public static class MastersPage
{
    private const double PaperRate = 5e-5;
    private const int PaperSteps = 781;
    private const int StepsOfFirstCount = 7;

    /// <summary>The page as plain text, or null where neither table was measured.</summary>
    /// <param name="profile">Gives the plans.</param>
    /// <param name="tables">The paper's tables.</param>
    /// <param name="results">The measured ones.</param>
    public static string? Of(Profile profile, IReadOnlyList<PaperTable> tables, IReadOnlyList<TableResult> results)
    {
        StringBuilder text = new();
        foreach ((string id, double ratio) in new[] { ("table-02", 0.01), ("table-06", 0.05) })
        {
            if (results.FirstOrDefault(r => r.Table == id) is { } measured)
                Table(text, profile, tables.Single(t => t.Id == id).Published, measured, ratio);
        }

        return text.Length == 0 ? null : Introduction(profile) + text;
    }

    private static string Introduction(Profile profile)
    {
        double reach = UpdateBound.After(new TrainingSettings { Steps = PaperSteps, WarmUpSteps = 100, WarmsUpFromZero = true, LearningRate = PaperRate }, StepsOfFirstCount);
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

    private static void Table(StringBuilder text, Profile profile, IMeasurements paper, TableResult measured, double ratio)
    {
        (string Name, TrainingPlan Plan)[] plans =
        [
            ("Top & Freeze", RemoveFreeze.TopFrozen(profile, ratio)),
            ("Bottom & Freeze", RemoveFreeze.BottomFrozen(profile, ratio)),
            ("Top, true zero", RemoveFreeze.TopTrained(profile, ratio, MasterReading.TrueZero)),
            ("Top, masters restored", RemoveFreeze.TopTrained(profile, ratio, MasterReading.MastersRestored)),
        ];
        Line(text, $"{ratio:0 %} removed");
        Line(text, $"{"",-24}{"samples",8}  {string.Join("", plans.Select(p => $"{p.Name,24}"))}");
        foreach (Language language in RemoveFreeze.Texts)
        {
            foreach (int samples in RemoveFreeze.SampleCounts)
            {
                IEnumerable<string> cells = plans.Select(p =>
                {
                    FurtherTrained condition = RemoveFreeze.After(profile, p.Plan, samples);
                    return Cell(Math.Exp(Nats(measured, condition, language)), Math.Exp(paper.LogPerplexity(condition, language)[0]));
                });
                Line(text, $"{language.Name,-24}{samples / 1000,7}K  {string.Join("", cells.Select(c => $"{c,24}"))}");
            }
        }

        double Largest(TrainingPlan one, TrainingPlan other) => RemoveFreeze.Texts.Max(l => RemoveFreeze.SampleCounts.Skip(1).Max(
            samples => Math.Abs(Nats(measured, RemoveFreeze.After(profile, one, samples), l) - Nats(measured, RemoveFreeze.After(profile, other, samples), l))));
        Line(text, $"From 2K samples on, true zeros lie within {Largest(plans[2].Plan, plans[0].Plan):0.000} nats per token of Top & Freeze and up to {Largest(plans[2].Plan, plans[1].Plan):0.000} from Bottom & Freeze;");
        Line(text, $"restored masters lie within {Largest(plans[3].Plan, plans[1].Plan):0.000} of Bottom & Freeze and up to {Largest(plans[3].Plan, plans[0].Plan):0.000} from Top & Freeze.");
        text.Append('\n');
    }

    private static double Nats(TableResult measured, FurtherTrained condition, Language language) => measured.Texts[language.Name].NatsPerToken[condition.Id];

    private static string Cell(double measured, double paper) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured:0.00}") + (double.IsNaN(paper) ? "" : string.Create(CultureInfo.InvariantCulture, $" ({paper:0.00})"));

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
