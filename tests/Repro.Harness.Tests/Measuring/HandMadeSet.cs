using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Measuring;

/// <summary>Measurements that no checkpoint made.</summary>
internal static class HandMadeSet
{
    /// <summary>A set with the vocabulary of a byte and the quantities of <see cref="SmallSession"/>.</summary>
    public static MeasurementSet Empty { get; } = SmallSession.Quantities.Aggregate(
        new MeasurementSet { VocabularySize = 256 }, (set, quantity) => set.With(quantity.Id, quantity.Measure(null!, RunContext.None)));

    /// <summary>One document of one token for each condition and text, so that nats per token are the very number.</summary>
    public static MeasurementSet Of(IEnumerable<Condition> conditions, IReadOnlyList<TestText> texts, Func<Condition, TestText, double> nats) =>
        Empty.With(conditions.SelectMany(c => texts.Select(t => (c, t, new Measurement([new DocumentScore(nats(c, t), 1)])))));

    /// <summary>The set with every text known to have documents with BOS and a unigram entropy.</summary>
    public static MeasurementSet WithFacts(this MeasurementSet set, IEnumerable<TestText> texts, Func<TestText, double> unigram) =>
        texts.Aggregate(set, (known, text) => known.With(text, new TextFacts(1, unigram(text), BeginsWithBos: true)));

    /// <summary>Documents of different length and difficulty, the same for a seed.</summary>
    public static Measurement Documents(ulong seed, int count = 20)
    {
        SplitMix random = new(seed);
        return new Measurement([.. Enumerable.Range(0, count).Select(_ => Score(random))]);
    }

    private static DocumentScore Score(SplitMix random)
    {
        int tokens = 5 + (int)random.Below(20);
        return new DocumentScore(tokens * (2 + (2 * random.Fraction())), tokens);
    }
}
