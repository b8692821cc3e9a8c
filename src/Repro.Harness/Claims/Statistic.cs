using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>
/// A number that a claim stands on, as an expression: it prints itself, lists what it needs, and is evaluated alike on measurements, on their resamples
/// and on the paper's numbers.
/// </summary>
public abstract record Statistic
{
    /// <summary>The expressions it is made of.</summary>
    public abstract IReadOnlyList<Statistic> Parts { get; }

    /// <summary>The conditions and texts it reads.</summary>
    public virtual IEnumerable<(Condition Condition, TestText Text)> Cells => Parts.SelectMany(p => p.Cells).Distinct();

    /// <summary>The quantities it reads.</summary>
    public virtual IEnumerable<string> QuantityIds => Parts.SelectMany(p => p.QuantityIds).Distinct();

    /// <summary>The groups that its means are over, which are units like documents and draws.</summary>
    public virtual IEnumerable<UnitGroup> Groups => Parts.SelectMany(p => p.Groups).Distinct();

    /// <summary>The expression as text, in pieces, so that expressions of one form differ in few of them.</summary>
    public abstract IEnumerable<string> Words { get; }

    /// <summary>The number, one for each resample.</summary>
    public abstract double[] Evaluate(IMeasurements measurements);

    /// <summary>How far the number may move when each perplexity and quantity it reads moves by its own tolerance.</summary>
    /// <param name="tolerances">Tolerances of perplexities by class and of quantities by id.</param>
    public abstract double Tolerance(ITolerances tolerances);

    /// <summary>The same on what there is: means and extremes of fewer parts; null where nothing is left of it.</summary>
    /// <param name="measures">What there is.</param>
    public virtual Statistic? Within(IMeasured measures) =>
        Cells.All(c => measures.Has(c.Condition, c.Text)) && QuantityIds.All(measures.HasQuantity) ? this : null;

    /// <summary>A constant.</summary>
    public static implicit operator Statistic(double value) => new Constant(value);

    /// <summary>The sum of two.</summary>
    public static Statistic operator +(Statistic left, Statistic right) => new Sum(left, right);

    /// <summary>The difference of two.</summary>
    public static Statistic operator -(Statistic left, Statistic right) => new Difference(left, right);

    /// <summary>A multiple.</summary>
    public static Statistic operator *(double factor, Statistic statistic) => new Multiple(factor, statistic);

    /// <summary>A quotient by a number.</summary>
    public static Statistic operator /(Statistic statistic, double divisor) => new Quotient(statistic, divisor);

    /// <summary>The expression as text.</summary>
    public sealed override string ToString() => string.Concat(Words);
}

/// <summary>What can be measured.</summary>
public interface IMeasured
{
    /// <summary>Whether a condition can be measured on a text.</summary>
    bool Has(Condition condition, TestText text);

    /// <summary>Whether a quantity can be measured.</summary>
    bool HasQuantity(string id);
}

/// <summary>A group of statistics that stand and fall together, such as the languages of a family.</summary>
/// <param name="Grouping">What the groups are: <c>family</c>.</param>
/// <param name="Name">The group's name.</param>
public sealed record UnitGroup(string Grouping, string Name);

/// <summary>How far what is measured may move between processors.</summary>
public interface ITolerances
{
    /// <summary>Of a perplexity, nats per token.</summary>
    double OfPerplexity(ToleranceClass tolerance);

    /// <summary>Of a quantity, in its unit.</summary>
    double OfQuantity(string id);

    /// <summary>By what nats per token are multiplied in a number per document: the text's tokens per document, which do not move.</summary>
    double TokensPerDocument(TestText text);
}
