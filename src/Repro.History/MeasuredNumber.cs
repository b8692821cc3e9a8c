using System.Security.Cryptography;
using System.Text;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Goldens;

namespace Repro.History;

/// <summary>A number of an experiment, as a history keeps it.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Design">Hash of the experiment's conditions and of how much text each language had; of another design it is another number.</param>
/// <param name="Name">What it is: language and condition, or a quantity.</param>
/// <param name="Value">The number; NaN where the model lost it.</param>
/// <param name="Rounding">The unit of its last digit.</param>
/// <param name="Tolerance">How far its golden lets it move.</param>
internal sealed record MeasuredNumber(string Experiment, string Design, string Name, double Value, double Rounding, double Tolerance)
{
    private const double NatsRounding = 1e-6;
    private const double QuantityRounding = 1e-5;

    /// <summary>The numbers of an experiment: nats per token, and quantities.</summary>
    public static IEnumerable<MeasuredNumber> Of(ExperimentGolden experiment)
    {
        string design = DesignOf(experiment);
        IEnumerable<MeasuredNumber> nats =
            from language in experiment.Languages
            from condition in language.Value.NatsPerToken
            select new MeasuredNumber(experiment.Experiment, design, $"{language.Key}, {condition.Key}", condition.Value, NatsRounding, ToleranceOf(condition.Key, experiment.Tolerances));
        return nats.Concat((experiment.Quantities ?? new Dictionary<string, QuantityGolden>())
            .Select(q => new MeasuredNumber(experiment.Experiment, design, q.Key, q.Value.Value, QuantityRounding, q.Value.Tolerance)));
    }

    private static double ToleranceOf(string condition, Tolerances tolerances) =>
        condition == Condition.Base.Id ? tolerances.Base.Value
        : condition.EndsWith(" documents", StringComparison.Ordinal) ? tolerances.Trained.Value
        : tolerances.Edited.Value;

    private static string DesignOf(ExperimentGolden experiment)
    {
        IEnumerable<string> parts = experiment.Languages.SelectMany(l => l.Value.NatsPerToken.Keys.Prepend($"{l.Key} {l.Value.Documents} {l.Value.Tokens}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..16];
    }
}
