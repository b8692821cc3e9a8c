using System.Globalization;
using Repro.Engine.Evaluation;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Claims;

/// <summary>What a run must show, besides the numbers, before an explosion is believed.</summary>
/// <remarks>A bad checkpoint copy, a missing BOS or an edit that was not undone explode a perplexity too.</remarks>
public static class ExplosionGate
{
    private const int MostNamed = 3;

    /// <summary>Checks a run.</summary>
    /// <param name="laboratory">The run's measurements.</param>
    /// <param name="integrity">Gates that do not depend on the claim.</param>
    /// <param name="world">The run's numbers.</param>
    /// <param name="claim">The claim; one that reports no explosion needs no gate.</param>
    public static IReadOnlyList<Gate> Check(Laboratory laboratory, IReadOnlyList<Gate> integrity, IMeasuredWorld world, Claim claim)
    {
        return claim.Gate.Count == 0 ? [] : [BasePerplexity(laboratory, world, claim.Languages), .. claim.Gate.Select(g => Near(g, world, claim.Languages)), .. integrity];
    }

    /// <summary>The gates that speak of the checkpoint and the text.</summary>
    /// <param name="laboratory">The run, after its last measurement.</param>
    /// <param name="checkpointHash">Hash of the checkpoint's files when the run began.</param>
    /// <param name="recordedHash">The hash that is on record for them, or null where there is none.</param>
    /// <param name="languages">The languages measured.</param>
    public static IReadOnlyList<Gate> Integrity(Laboratory laboratory, string checkpointHash, string? recordedHash, IEnumerable<Language> languages)
    {
        string now = laboratory.CheckpointHash();
        string fingerprint = laboratory.FingerprintNow();
        int bos = laboratory.Texts.Bos;
        Language? withoutBos = languages.FirstOrDefault(l => laboratory.Texts.Test(l).Any(d => d[0] != bos));
        return
        [
            new Gate(
                "checkpoint known",
                now == checkpointHash && (recordedHash ?? now) == now,
                recordedHash is null ? $"SHA-256 {now[..12]}, none on record to compare with" : $"SHA-256 {now[..12]}, on record {recordedHash[..Math.Min(12, recordedHash.Length)]}"),
            new Gate("BOS first", withoutBos is null, withoutBos is null ? $"every document begins with the tokenizer's BOS, {bos}" : $"a document of {withoutBos.Name} does not begin with the tokenizer's BOS, {bos}"),
            new Gate(
                "weights restored",
                fingerprint == laboratory.FingerprintBefore,
                fingerprint == laboratory.FingerprintBefore ? "bit-identical after the last removal" : "the weights in memory differ from those loaded"),
        ];
    }

    private static Gate BasePerplexity(Laboratory laboratory, IMeasuredWorld world, IReadOnlyList<Language> languages)
    {
        if (laboratory.Setup.IsProfileOwn)
        {
            (double low, double high) = laboratory.Profile.BasePerplexity;
            double mean = Math.Exp(languages.Average(l => world.Nats(Condition.Base, l.Key)));
            return new Gate("base perplexity", mean > low && mean < high, string.Create(CultureInfo.InvariantCulture, $"geometric mean {mean:F2}, expected {low:F0} to {high:F0}"));
        }

        // What breaks a checkpoint breaks it in every language; a language it has hardly seen says nothing of the others.
        (string Language, double Nats, double Unigram)[] bases =
            [.. languages.Select(l => (l.Name, world.Nats(Condition.Base, l.Key), UnigramModel.NatsPerToken(laboratory.Texts.Test(l))))];
        string[] unlearned = [.. bases.Where(b => b.Nats >= b.Unigram).Select(b => b.Language)];
        string which = unlearned.Length switch
        {
            0 => "",
            <= MostNamed => $"; no better in {string.Join(", ", unlearned)}",
            int many => $"; no better in {many} of {bases.Length} languages",
        };
        double nats = bases.Average(b => b.Nats);
        double unigram = bases.Average(b => b.Unigram);
        return new Gate("base perplexity", nats < unigram, string.Create(CultureInfo.InvariantCulture, $"mean {nats:F3} nats per token, a unigram model {unigram:F3}{which}"));
    }

    private static Gate Near(GateCondition gate, IMeasuredWorld world, IReadOnlyList<Language> languages)
    {
        double mean = languages.Average(l => Math.Abs(world.Increase(gate.Condition, l.Key)));
        return new Gate(
            gate.Name, mean < gate.Bound, string.Create(CultureInfo.InvariantCulture, $"mean size of the change {mean:0.000} nats per token, at most {gate.Bound}"));
    }
}
