using System.Security.Cryptography;
using System.Text;
using Repro.Harness.Goldens;

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
    public static IEnumerable<MeasuredNumber> Of(TableResult table)
    {
        string design = DesignOf(table);
        IEnumerable<MeasuredNumber> nats =
            from text in table.Texts
            from condition in text.Value.NatsPerToken
            select new MeasuredNumber(table.Table, design, $"{text.Key}, {condition.Key}", condition.Value, NatsRounding, table.Tolerances.Of(table.Conditions[condition.Key]).Value);
        return nats.Concat((table.Quantities ?? new Dictionary<string, QuantityResult>())
            .Select(q => new MeasuredNumber(table.Table, design, q.Key, q.Value.Value, QuantityRounding, q.Value.Tolerance)));
    }

    private static string DesignOf(TableResult table)
    {
        IEnumerable<string> parts = table.Texts.SelectMany(l => l.Value.NatsPerToken.Keys.Prepend($"{l.Key} {l.Value.Documents} {l.Value.Tokens}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..16];
    }
}
