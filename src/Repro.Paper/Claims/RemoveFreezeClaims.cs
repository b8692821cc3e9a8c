using System.Globalization;
using Repro.Engine.Training;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Claims;

/// <summary>Section 3.2, Empirical Evidence 2, and Appendix C: Tables 2 and 6.</summary>
public static class RemoveFreezeClaims
{
    private const double Regrown = 0.1;

    private const double AlikeInChinese = 0.02;

    private static readonly (string Table, double Ratio, double AlikeInEnglish)[] Tables = [("table-02", 0.01, 0.1), ("table-06", 0.05, 0.5)];

    /// <summary>The claims, table by table.</summary>
    /// <param name="profile">Gives the plans and their stops.</param>
    public static IEnumerable<Claim> All(Profile profile) => Tables.SelectMany(t => new[]
    {
        InPlace(profile, t.Table, t.Ratio, t.AlikeInEnglish, MasterReading.TrueZero),
        InPlace(profile, t.Table, t.Ratio, t.AlikeInEnglish, MasterReading.MastersRestored),
        Slower(profile, t.Table, t.Ratio),
        EnglishBehind(profile, t.Table, t.Ratio),
        OutOfReach(t.Table, t.Ratio),
    });

    private static Claim InPlace(Profile profile, string table, double ratio, double alikeInEnglish, MasterReading masters)
    {
        string reading = masters == MasterReading.TrueZero ? "true zero" : "masters restored";
        TrainingPlan trained = TrainingExperiments.TopTrained(profile, ratio, masters);
        TrainingPlan bottom = TrainingExperiments.BottomFrozen(profile, ratio);
        return Create(table, $"in-place-{reading.Replace(' ', '-')}", $"A removed region that is trained rebuilds its competence in place ({reading})") with
        {
            Statistic = string.Create(CultureInfo.InvariantCulture, $"nats per token of Top & Unfreeze, less those of Bottom & Freeze, over {AlikeInChinese} in Chinese and {alikeInEnglish} in English"),
            Bound = Bound.Within(1),
            Rationale = "From 2K samples on the paper's two columns differ by at most 0.006 nats in Chinese, and in English by 0.09 in Table 2 and 0.46 in Table 6; 'alike' is 0.02, 0.1 and 0.5.",
            Rows =
            [
                .. from text in TrainingExperiments.RemoveFreezeTexts
                   from documents in profile.Training.RemoveFreezeStops.Skip(1)
                   let alike = text.Code == "en" ? alikeInEnglish : AlikeInChinese
                   select new ClaimRow(Label(profile, text, documents), w => (w.Nats(new FurtherTrained(trained, documents), text.Key) - w.Nats(new FurtherTrained(bottom, documents), text.Key)) / alike),
            ],
        };
    }

    private static Claim Slower(Profile profile, string table, double ratio) => Create(table, "chinese-slower", "With the top region removed and frozen, Chinese comes back far more slowly") with
    {
        Statistic = "nats per token of Top & Freeze, less those of Bottom & Freeze",
        Bound = Bound.Above(0),
        Rationale = "In the paper Top & Freeze stays behind at every count, by 0.1 nats still after 200K samples.",
        Rows =
        [
            .. from text in TrainingExperiments.RemoveFreezeTexts.Where(l => l.Code == "zh")
               from documents in profile.Training.RemoveFreezeStops.Skip(1)
               select new ClaimRow(Label(profile, text, documents), w => Behind(w, profile, ratio, documents, text.Key)),
        ],
    };

    private static Claim EnglishBehind(Profile profile, string table, double ratio) => Create(table, "english-behind", "English stays further behind than Chinese") with
    {
        Statistic = "nats by which Top & Freeze lies behind Bottom & Freeze in English, less those in Chinese",
        Bound = Bound.Above(0),
        Rationale = "'The English perplexity remains high': in the paper the English gap is 2.3 nats larger than the Chinese after 200K samples (Table 2).",
        Rows =
        [
            .. profile.Training.RemoveFreezeStops.TakeLast(3).Select(documents => new ClaimRow(
                $"{Samples(profile, documents)} samples", w => Behind(w, profile, ratio, documents, "en") - Behind(w, profile, ratio, documents, "zh"))),
        ],
    };

    private static Claim OutOfReach(string table, double ratio) => Create(table, "out-of-reach", "After 2K samples no zeroed weight can have grown back") with
    {
        Statistic = "largest distance AdamW can have moved a zeroed weight, over the median size of the removed weights",
        Bound = Bound.Below(Regrown),
        Rationale = "A weight that has come a tenth of its way has not come back; the paper's recovery at 2K samples then has another cause.",
        Kind = ClaimKind.NoEffect,
        Rows = [new ClaimRow("2K samples", w => w.Quantity(RegrowthQuantities.Key(ratio)))],
    };

    private static double Behind(IMeasuredWorld world, Profile profile, double ratio, int documents, string text) =>
        world.Nats(new FurtherTrained(TrainingExperiments.TopFrozen(profile, ratio), documents), text)
        - world.Nats(new FurtherTrained(TrainingExperiments.BottomFrozen(profile, ratio), documents), text);

    private static string Label(Profile profile, Language text, int documents) => $"{text.Name}, {Samples(profile, documents)}";

    private static string Samples(Profile profile, int documents) =>
        string.Create(CultureInfo.InvariantCulture, $"{documents * profile.Training.SamplesPerDocument / 1000}K");

    private static Claim Create(string table, string name, string sentence) => new()
    {
        Id = $"{table}-{name}",
        Table = $"Table {int.Parse(table.AsSpan("table-".Length), CultureInfo.InvariantCulture)}",
        Sentence = sentence,
        Statistic = "",
        Bound = default,
        Rationale = "",
        Experiments = [table],
        Languages = TrainingExperiments.RemoveFreezeTexts,
        Rows = [],
    };
}
