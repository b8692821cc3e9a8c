using System.Globalization;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;
using static Repro.Harness.Claims.Measures;

namespace Repro.Harness.Claims;

/// <summary>The statistics that papers' tables write their claims with.</summary>
public static class Measures
{
    /// <summary>Log-perplexity of a text under a condition, nats per token.</summary>
    public static Statistic LogPerplexity(Condition condition, TestText text) => new LogPerplexity(condition, text);

    /// <summary>How much log-perplexity a condition adds to the base, nats per token.</summary>
    public static Statistic Increase(Condition condition, TestText text) => new Increase(condition, text);

    /// <summary>
    /// Log-perplexity above that of a model that finds every token equally likely, at most as much as the base lay below it. Above 0 means that a
    /// competence that was there is lost completely.
    /// </summary>
    public static Statistic ExcessOverUniform(Condition condition, TestText text) => new ExcessOverUniform(condition, text);

    /// <summary>
    /// A number of nats per token as nats per document of a text: times the text's tokens per document. Between parallel texts, whose documents are translations
    /// of each other, it does not depend on into how many tokens a language is cut; between other texts it says nothing.
    /// </summary>
    /// <param name="perToken">The number, nats per token.</param>
    /// <param name="text">The text.</param>
    public static Statistic PerDocument(Statistic perToken, TestText text) => new PerDocument(perToken, text);

    /// <summary>
    /// The share that a condition takes of what the base knows of a text, which is what it lies below the log-perplexity of a model that finds every token
    /// equally likely: 0 for nothing, 1 for all, and no more than all. Texts of which a model knows more and less can be compared by it. No number where the
    /// base knows less than one nat per token: too little to say what share of it is lost.
    /// </summary>
    public static Statistic ShareLost(Condition condition, TestText text) => new ShareLost(condition, text);

    /// <summary>A number that is not a perplexity.</summary>
    public static Statistic Quantity(string id) => new QuantityValue(id);

    /// <summary>The arithmetic mean.</summary>
    public static Statistic Mean(IEnumerable<Statistic> parts) => new Mean([.. parts]);

    /// <summary>
    /// The arithmetic mean of parts that come in groups, as languages come in families. Its value is that of <see cref="Mean"/>: every part counts alike. Its
    /// interval also says how far it would move if other groups had been looked at.
    /// </summary>
    /// <param name="grouping">What the groups are: <c>family</c>. Means by the same grouping leave a group out together.</param>
    /// <param name="parts">The parts, each with its group's name.</param>
    /// <exception cref="ArgumentException">They are of one group, which says nothing of others.</exception>
    public static Statistic MeanOfGroups(string grouping, IEnumerable<(string Group, Statistic Part)> parts)
    {
        (string Group, Statistic Part)[] all = [.. parts];
        return all.Select(p => p.Group).Distinct().Count() > 1
            ? new MeanOfGroups(grouping, [.. all.Select(p => p.Part)], [.. all.Select(p => new UnitGroup(grouping, p.Group))])
            : throw new ArgumentException($"A mean by {grouping} needs two groups.", nameof(parts));
    }

    /// <summary>The largest.</summary>
    public static Statistic Max(IEnumerable<Statistic> parts) => new Largest([.. parts]);

    /// <summary>The median.</summary>
    public static Statistic Median(IEnumerable<Statistic> parts) => new Median([.. parts]);

    internal static double[] Combine(double[] left, double[] right, Func<double, double, double> combine) => [.. left.Zip(right, combine)];

    internal static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>A number that nothing measures.</summary>
internal sealed record Constant(double Value) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [];

    public override IEnumerable<string> Words => [Number(Value)];

    public override double[] Evaluate(IMeasurements measurements) => [.. Enumerable.Repeat(Value, measurements.Count)];

    public override double Tolerance(ITolerances tolerances) => 0;
}

/// <summary>Log-perplexity of a text under a condition.</summary>
internal sealed record LogPerplexity(Condition Condition, TestText Text) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [];

    public override IEnumerable<(Condition Condition, TestText Text)> Cells => [(Condition, Text)];

    public override IEnumerable<string> Words => ["log-perplexity(", Condition.Label, ", ", Text.Name, ")"];

    public override double[] Evaluate(IMeasurements measurements) => measurements.LogPerplexity(Condition, Text);

    public override double Tolerance(ITolerances tolerances) => tolerances.OfPerplexity(Condition.Tolerance);
}

/// <summary>What a condition adds to the base.</summary>
internal sealed record Increase(Condition Condition, TestText Text) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [];

    public override IEnumerable<(Condition Condition, TestText Text)> Cells => [(Condition, Text), (Condition.Base, Text)];

    public override IEnumerable<string> Words => ["increase(", Condition.Label, ", ", Text.Name, ")"];

    public override double[] Evaluate(IMeasurements measurements) =>
        Combine(measurements.LogPerplexity(Condition, Text), measurements.LogPerplexity(Condition.Base, Text), (edited, plain) => edited - plain);

    public override double Tolerance(ITolerances tolerances) => tolerances.OfPerplexity(Condition.Tolerance);
}

/// <summary>How much worse than uniform an edited model is, where the base was better.</summary>
internal sealed record ExcessOverUniform(Condition Condition, TestText Text) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [];

    public override IEnumerable<(Condition Condition, TestText Text)> Cells => [(Condition, Text), (Condition.Base, Text)];

    public override IEnumerable<string> Words => ["excess over uniform(", Condition.Label, ", ", Text.Name, ")"];

    public override double[] Evaluate(IMeasurements measurements)
    {
        double uniform = measurements.UniformNats;
        return Combine(measurements.LogPerplexity(Condition, Text), measurements.LogPerplexity(Condition.Base, Text), (edited, plain) => Math.Min(edited - uniform, uniform - plain));
    }

    public override double Tolerance(ITolerances tolerances) => tolerances.OfPerplexity(Condition.Tolerance);
}

/// <summary>Nats per token times tokens per document.</summary>
internal sealed record PerDocument(Statistic Of, TestText Text) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [Of];

    public override IEnumerable<(Condition Condition, TestText Text)> Cells => Of.Cells.Append((Condition.Base, Text)).Distinct();

    public override IEnumerable<string> Words => [.. Of is Sum or Difference ? ["(", .. Of.Words, ")"] : Of.Words, " * tokens per document(", Text.Name, ")"];

    public override Statistic? Within(IMeasured measures) => base.Within(measures) is null ? Of.Within(measures) is { } some && measures.Has(Condition.Base, Text) ? this with { Of = some } : null : this;

    public override double[] Evaluate(IMeasurements measurements) => Combine(Of.Evaluate(measurements), measurements.TokensPerDocument(Text), (nats, tokens) => nats * tokens);

    public override double Tolerance(ITolerances tolerances) => Of.Tolerance(tolerances) * tolerances.TokensPerDocument(Text);
}

/// <summary>What share of the nats that the base lies below uniform a condition takes.</summary>
internal sealed record ShareLost(Condition Condition, TestText Text) : Statistic
{
    private const double LeastKnown = 1;

    public override IReadOnlyList<Statistic> Parts => [];

    public override IEnumerable<(Condition Condition, TestText Text)> Cells => [(Condition, Text), (Condition.Base, Text)];

    public override IEnumerable<string> Words => ["share lost(", Condition.Label, ", ", Text.Name, ")"];

    public override double[] Evaluate(IMeasurements measurements)
    {
        double uniform = measurements.UniformNats;
        return Combine(measurements.LogPerplexity(Condition, Text), measurements.LogPerplexity(Condition.Base, Text), Share);

        double Share(double edited, double plain)
        {
            double known = uniform - plain;
            return known < LeastKnown ? double.NaN : Math.Min((edited - plain) / known, 1);
        }
    }

    // Of nats that are divided by at least one nat.
    public override double Tolerance(ITolerances tolerances) => tolerances.OfPerplexity(Condition.Tolerance) / LeastKnown;
}

/// <summary>A number that is not a perplexity.</summary>
internal sealed record QuantityValue(string Id) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [];

    public override IEnumerable<string> QuantityIds => [Id];

    public override IEnumerable<string> Words => ["quantity(", Id, ")"];

    public override double[] Evaluate(IMeasurements measurements) => measurements.Quantity(Id);

    public override double Tolerance(ITolerances tolerances) => tolerances.OfQuantity(Id);
}

/// <summary>Left plus right.</summary>
internal sealed record Sum(Statistic Left, Statistic Right) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [Left, Right];

    public override IEnumerable<string> Words => [.. Left.Words, " + ", .. Right.Words];

    public override Statistic? Within(IMeasured measures) => Left.Within(measures) is { } left && Right.Within(measures) is { } right ? new Sum(left, right) : null;

    public override double[] Evaluate(IMeasurements measurements) => Combine(Left.Evaluate(measurements), Right.Evaluate(measurements), (a, b) => a + b);

    public override double Tolerance(ITolerances tolerances) => Left.Tolerance(tolerances) + Right.Tolerance(tolerances);
}

/// <summary>Left less right.</summary>
internal sealed record Difference(Statistic Left, Statistic Right) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [Left, Right];

    public override IEnumerable<string> Words => Right is Sum or Difference ? [.. Left.Words, " - (", .. Right.Words, ")"] : [.. Left.Words, " - ", .. Right.Words];

    public override Statistic? Within(IMeasured measures) => Left.Within(measures) is { } left && Right.Within(measures) is { } right ? new Difference(left, right) : null;

    public override double[] Evaluate(IMeasurements measurements) => Combine(Left.Evaluate(measurements), Right.Evaluate(measurements), (a, b) => a - b);

    public override double Tolerance(ITolerances tolerances) => Left.Tolerance(tolerances) + Right.Tolerance(tolerances);
}

/// <summary>A number times a statistic.</summary>
internal sealed record Multiple(double Factor, Statistic Of) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [Of];

    public override IEnumerable<string> Words => Of is Sum or Difference ? [Number(Factor), " * (", .. Of.Words, ")"] : [Number(Factor), " * ", .. Of.Words];

    public override Statistic? Within(IMeasured measures) => Of.Within(measures) is { } some ? this with { Of = some } : null;

    public override double[] Evaluate(IMeasurements measurements) => [.. Of.Evaluate(measurements).Select(v => Factor * v)];

    public override double Tolerance(ITolerances tolerances) => Math.Abs(Factor) * Of.Tolerance(tolerances);
}

/// <summary>A statistic over a number.</summary>
internal sealed record Quotient(Statistic Of, double Divisor) : Statistic
{
    public override IReadOnlyList<Statistic> Parts => [Of];

    public override IEnumerable<string> Words => Of is Sum or Difference ? ["(", .. Of.Words, ") / ", Number(Divisor)] : [.. Of.Words, " / ", Number(Divisor)];

    public override Statistic? Within(IMeasured measures) => Of.Within(measures) is { } some ? this with { Of = some } : null;

    public override double[] Evaluate(IMeasurements measurements) => [.. Of.Evaluate(measurements).Select(v => v / Divisor)];

    public override double Tolerance(ITolerances tolerances) => Of.Tolerance(tolerances) / Math.Abs(Divisor);
}

/// <summary>A statistic of several.</summary>
internal abstract record Aggregate(string Name, IReadOnlyList<Statistic> Parts) : Statistic
{
    public override IReadOnlyList<Statistic> Parts { get; } = Parts;

    // Parts of one form are printed once, with what they differ in as a list.
    public override IEnumerable<string> Words => CommonForm.Of(Parts) is { } form ? [Name, "(", .. form, ")"] : [Name, "(", .. Parts.SelectMany((p, i) => i == 0 ? p.Words : [", ", .. p.Words]), ")"];

    public override Statistic? Within(IMeasured measures)
    {
        (int Place, Statistic Part)[] some = [.. Parts.Select((p, place) => (place, p.Within(measures)!)).Where(p => p.Item2 is not null)];
        return some.Length == 0 ? null : some.Select(p => p.Part).SequenceEqual(Parts) ? this : Of(some);
    }

    public override double[] Evaluate(IMeasurements measurements)
    {
        double[][] parts = [.. Parts.Select(p => p.Evaluate(measurements))];
        double[] row = new double[parts.Length];
        double[] result = new double[measurements.Count];
        for (int i = 0; i < result.Length; i++)
        {
            for (int p = 0; p < parts.Length; p++)
                row[p] = parts[p][i];
            result[i] = Combine(row);
        }

        return result;
    }

    public virtual bool Equals(Aggregate? other) => other is not null && EqualityContract == other.EqualityContract && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);

    /// <summary>The same of some of the parts, or null where they are too few.</summary>
    /// <param name="some">The parts, each with its place among all.</param>
    protected abstract Statistic? Of(IReadOnlyList<(int Place, Statistic Part)> some);

    /// <summary>The number of one resample, from those of the parts; the array is used again.</summary>
    protected abstract double Combine(double[] parts);
}

/// <summary>The arithmetic mean.</summary>
internal sealed record Mean(IReadOnlyList<Statistic> Parts) : Aggregate("mean", Parts)
{
    public override double Tolerance(ITolerances tolerances) => Parts.Average(p => p.Tolerance(tolerances));

    protected override Statistic? Of(IReadOnlyList<(int Place, Statistic Part)> some) => new Mean([.. some.Select(p => p.Part)]);

    protected override double Combine(double[] parts) => parts.Average();
}

/// <summary>The arithmetic mean of parts in groups.</summary>
internal sealed record MeanOfGroups(string Grouping, IReadOnlyList<Statistic> Parts, IReadOnlyList<UnitGroup> GroupOfPart) : Aggregate($"mean by {Grouping}", Parts)
{
    public override IEnumerable<UnitGroup> Groups => GroupOfPart.Concat(base.Groups).Distinct();

    public override double[] Evaluate(IMeasurements measurements)
    {
        double[][] parts = [.. Parts.Select(p => p.Evaluate(measurements))];
        return [.. Enumerable.Range(0, measurements.Count).Select(i => parts.Where((_, p) => GroupOfPart[p] != measurements.LeftOut(i)).Average(part => part[i]))];
    }

    public override double Tolerance(ITolerances tolerances) => Parts.Average(p => p.Tolerance(tolerances));

    public bool Equals(MeanOfGroups? other) => base.Equals(other) && GroupOfPart.SequenceEqual(other.GroupOfPart);

    public override int GetHashCode() => GroupOfPart.Aggregate(base.GetHashCode(), HashCode.Combine);

    // Of one group nothing is known of others.
    protected override Statistic? Of(IReadOnlyList<(int Place, Statistic Part)> some) => some.Select(p => GroupOfPart[p.Place]).Distinct().Count() < 2
        ? null
        : new MeanOfGroups(Grouping, [.. some.Select(p => p.Part)], [.. some.Select(p => GroupOfPart[p.Place])]);

    protected override double Combine(double[] parts) => parts.Average();
}

/// <summary>The largest.</summary>
internal sealed record Largest(IReadOnlyList<Statistic> Parts) : Aggregate("max", Parts)
{
    public override double Tolerance(ITolerances tolerances) => Parts.Max(p => p.Tolerance(tolerances));

    protected override Statistic? Of(IReadOnlyList<(int Place, Statistic Part)> some) => new Largest([.. some.Select(p => p.Part)]);

    // Of parts that are not all known there is no largest: the one that is missing may be.
    protected override double Combine(double[] parts) => parts.Aggregate(Math.Max);
}

/// <summary>The median.</summary>
internal sealed record Median(IReadOnlyList<Statistic> Parts) : Aggregate("median", Parts)
{
    public override double Tolerance(ITolerances tolerances) => Parts.Max(p => p.Tolerance(tolerances));

    protected override Statistic? Of(IReadOnlyList<(int Place, Statistic Part)> some) => new Median([.. some.Select(p => p.Part)]);

    protected override double Combine(double[] parts) => MathNet.Numerics.Statistics.ArrayStatistics.MedianInplace(parts);
}
