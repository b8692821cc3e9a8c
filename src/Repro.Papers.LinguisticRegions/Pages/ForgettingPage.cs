using System.Globalization;
using System.Text;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Tables;

namespace Repro.Papers.LinguisticRegions.Pages;

/// <summary>The page on Section 3.5: what each run learned of Arabic and forgot of English and Chinese, with the paper's two end points beside.</summary>
public static class ForgettingPage
{
    /// <summary>The page as plain text, or null where nothing of it was measured.</summary>
    /// <param name="profile">Gives the stops.</param>
    /// <param name="tables">The paper's tables.</param>
    /// <param name="results">The measured ones.</param>
    public static string? Of(Profile profile, IReadOnlyList<PaperTable> tables, IReadOnlyList<TableResult> results)
    {
        (PaperTable Table, TableResult Result)[] measured =
        [
            .. tables.Where(t => t.Plan.Texts == Forgetting.Texts).Join(results, t => t.Id, r => r.Table, (t, r) => (t, r)),
        ];
        if (measured.Length == 0)
            return null;

        StringBuilder text = new("Learning Arabic, forgetting English and Chinese\n\nPerplexity after each quarter of the run, mean over seeds; the paper's end points, where it prints them, in brackets.\n\n");
        HashSet<string> shown = [];
        foreach ((PaperTable table, TableResult result) in measured)
        {
            foreach (TrainingPlan plan in table.Plan.Conditions.OfType<FurtherTrained>().Select(c => c.Plan).Where(plan => shown.Add(plan.Id)))
                Curve(text, profile, table.Published, result, plan);
        }

        return text.ToString();
    }

    private static void Curve(StringBuilder text, Profile profile, IMeasurements paper, TableResult measured, TrainingPlan plan)
    {
        Line(text, $"{plan.Id}");
        foreach (Language language in Forgetting.Texts)
        {
            FurtherTrained[] stops = [.. Forgetting.Stops(profile, plan)];
            double Mean(FurtherTrained stop) => Math.Exp(stop.Draws(profile).Average(c => measured.Texts[language.Name].NatsPerToken[c.Id]));
            string curve = string.Join("", stops.Select(stop => string.Create(CultureInfo.InvariantCulture, $"{Mean(stop),9:0.00}")));
            double published = Math.Exp(paper.LogPerplexity(stops[^1], language)[0]);
            Line(text, $"  {language.Name,-24}{curve}{(double.IsNaN(published) ? "" : string.Create(CultureInfo.InvariantCulture, $"  ({published:0.###})"))}");
        }

        text.Append('\n');
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
