using System.Globalization;
using System.Text;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Goldens;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Reporting;

/// <summary>The page on Section 3.5: what each run learned of Arabic and forgot of English and Chinese, with the paper's two end points beside.</summary>
public static class ForgettingPage
{
    /// <summary>The page as plain text, or null where nothing of it was measured.</summary>
    /// <param name="profile">Gives the stops.</param>
    /// <param name="paper">The paper's numbers.</param>
    /// <param name="experiments">The measured tables.</param>
    public static string? Of(Profile profile, IMeasuredWorld paper, IReadOnlyList<ExperimentGolden> experiments)
    {
        string[] ids = ["figure-05", "beyond-slowed", "beyond-replay"];
        ExperimentGolden[] measured = [.. experiments.Where(e => ids.Contains(e.Experiment))];
        if (measured.Length == 0)
            return null;

        StringBuilder text = new("Learning Arabic, forgetting English and Chinese\n\nPerplexity after each quarter of the run, mean over seeds; the paper's end points, where it prints them, in brackets.\n\n");
        HashSet<string> shown = [];
        foreach ((Experiment experiment, ExperimentGolden golden) in PaperExperiments.All(profile).Join(measured, e => e.Id, g => g.Experiment, (e, g) => (e, g)))
        {
            foreach (TrainingPlan plan in experiment.Conditions.OfType<FurtherTrained>().Select(c => c.Plan).Where(plan => shown.Add(plan.Id)))
                Curve(text, profile, paper, golden, plan);
        }

        return text.ToString();
    }

    private static void Curve(StringBuilder text, Profile profile, IMeasuredWorld paper, ExperimentGolden measured, TrainingPlan plan)
    {
        Line(text, $"{plan.Id}");
        foreach (Language language in TrainingExperiments.ForgettingTexts)
        {
            FurtherTrained[] stops = [.. TrainingExperiments.Stops(profile, plan).Select(stop => new FurtherTrained(plan, stop))];
            double Mean(FurtherTrained stop) => Math.Exp(stop.Draws(profile).Average(c => measured.Languages[language.Name].NatsPerToken[c.Id]));
            string curve = string.Join("", stops.Select(stop => string.Create(CultureInfo.InvariantCulture, $"{Mean(stop),9:0.00}")));
            double published = Math.Exp(paper.Nats(stops[^1], language.Key));
            Line(text, $"  {language.Name,-24}{curve}{(double.IsNaN(published) ? "" : string.Create(CultureInfo.InvariantCulture, $"  ({published:0.###})"))}");
        }

        text.Append('\n');
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
