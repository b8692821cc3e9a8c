using System.Globalization;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>What is known of a checkpoint and its text after the last measurement.</summary>
/// <param name="CheckpointBefore">SHA-256 of the checkpoint's files when the run began.</param>
/// <param name="CheckpointNow">The same hash now.</param>
/// <param name="Recorded">The hash that is on record for them, or null where there is none.</param>
/// <param name="WeightsBefore">Hash of the weights in memory before anything was done to them.</param>
/// <param name="WeightsNow">The same hash now.</param>
/// <param name="Bos">The token that begins a document.</param>
public sealed record IntegrityFacts(string CheckpointBefore, string CheckpointNow, string? Recorded, string WeightsBefore, string WeightsNow, int Bos);

/// <summary>What a run must show, besides the numbers, before an explosion is believed.</summary>
/// <remarks>A bad checkpoint copy, a missing BOS or an edit that was not undone explode a perplexity too.</remarks>
/// <param name="measured">The run's measurements.</param>
/// <param name="profile">Gives draws and, for its own checkpoint, the range of base perplexities.</param>
/// <param name="isProfileOwn">Whether checkpoint and corpora are the profile's own.</param>
public sealed class ExplosionGate(MeasurementSet measured, Profile profile, bool isProfileOwn)
{
    private const int MostNamed = 3;
    private readonly PointMeasurements point = new(measured, profile);

    /// <summary>Checks a run.</summary>
    /// <param name="claim">The claim; one that reports no explosion needs no gate.</param>
    /// <param name="integrity">What is known of the checkpoint; not asked for a claim without a gate.</param>
    public IReadOnlyList<Gate> Check(Claim claim, Func<IntegrityFacts> integrity) => claim.Gate.Count == 0
        ? []
        : [BasePerplexity(claim.Texts), .. claim.Gate.Select(g => Near(g, claim.Texts)), .. Integrity(integrity(), claim.Texts)];

    private IEnumerable<Gate> Integrity(IntegrityFacts facts, IReadOnlyList<TestText> texts)
    {
        string now = facts.CheckpointNow;
        yield return new Gate(
            "checkpoint known",
            now == facts.CheckpointBefore && (facts.Recorded ?? now) == now,
            facts.Recorded is { } recorded ? $"SHA-256 {now[..12]}, on record {recorded[..Math.Min(12, recorded.Length)]}" : $"SHA-256 {now[..12]}, none on record to compare with");
        TestText? withoutBos = texts.FirstOrDefault(t => !measured.Facts(t).BeginsWithBos);
        yield return new Gate(
            "BOS first",
            withoutBos is null,
            withoutBos is null ? $"every document begins with the tokenizer's BOS, {facts.Bos}" : $"a document of {withoutBos.Name} does not begin with the tokenizer's BOS, {facts.Bos}");
        bool restored = facts.WeightsNow == facts.WeightsBefore;
        yield return new Gate("weights restored", restored, restored ? "bit-identical after the last removal" : "the weights in memory differ from those loaded");
    }

    private Gate BasePerplexity(IReadOnlyList<TestText> texts)
    {
        if (isProfileOwn)
        {
            (double low, double high) = profile.BasePerplexity;
            double mean = Math.Exp(texts.Average(t => Nats(Condition.Base, t)));
            return new Gate("base perplexity", mean > low && mean < high, string.Create(CultureInfo.InvariantCulture, $"geometric mean {mean:F2}, expected {low:F0} to {high:F0}"));
        }

        // What breaks a checkpoint breaks it in every language; a language it has hardly seen says nothing of the others.
        (string Text, double Nats, double Unigram)[] bases = [.. texts.Select(t => (t.Name, Nats(Condition.Base, t), measured.Facts(t).UnigramNats))];
        string[] unlearned = [.. bases.Where(b => b.Nats >= b.Unigram).Select(b => b.Text)];
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

    private Gate Near(GateCondition gate, IReadOnlyList<TestText> texts)
    {
        double mean = texts.Average(t => Math.Abs(Nats(gate.Condition, t) - Nats(Condition.Base, t)));
        return new Gate(gate.Name, mean < gate.Bound, string.Create(CultureInfo.InvariantCulture, $"mean size of the change {mean:0.000} nats per token, at most {gate.Bound}"));
    }

    private double Nats(Condition condition, TestText text) => point.LogPerplexity(condition, text)[0];
}
