using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;

namespace Repro.Harness.Papers;

/// <summary>When a table is decided again under another reading that concerns it.</summary>
public enum Repetition
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Only under readings that need no new measurement.</summary>
    WithoutMeasuring,

    /// <summary>Never: what it shows is not the paper's.</summary>
    Never,
}

/// <summary>When a table is verified on the untrained checkpoint.</summary>
public enum UntrainedControl
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>In a thorough verification.</summary>
    Thorough,

    /// <summary>In every verification.</summary>
    Always,
}

/// <summary>One table or figure of a paper: what is measured, what it claims, and what the paper prints.</summary>
public sealed class PaperTable
{
    /// <summary>Puts a table together and checks that its claims ask only for what it measures.</summary>
    /// <param name="id">Name of its golden, for example <c>table-14</c>.</param>
    /// <param name="name">What the paper calls it, for example <c>Table 14</c>.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="plan">What is measured.</param>
    /// <param name="claims">What it claims.</param>
    /// <param name="profile">Gives the draws of random conditions.</param>
    /// <exception cref="InvalidOperationException">A claim asks for more than is measured.</exception>
    public PaperTable(string id, string name, string title, MeasurementPlan plan, IEnumerable<Claim> claims, Profile profile)
    {
        Id = id;
        Name = name;
        Title = title;
        Plan = plan;
        Claims = [.. claims.Select(claim => claim with { Table = name, TableId = id })];
        foreach (Claim claim in Claims)
            Check(claim, profile);
    }

    /// <summary>Name of its golden.</summary>
    public string Id { get; }

    /// <summary>What the paper calls it.</summary>
    public string Name { get; }

    /// <summary>What it shows.</summary>
    public string Title { get; }

    /// <summary>What is measured.</summary>
    public MeasurementPlan Plan { get; }

    /// <summary>What it claims.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>The numbers that the paper prints for it; nothing where it prints none.</summary>
    public IMeasurements Published { get; init; } = new PublishedMeasurements((_, _) => null, 1);

    /// <summary>Its picture, or null for none.</summary>
    public FigurePlan? Figure { get; init; }

    /// <summary>When it is decided again under another reading.</summary>
    public Repetition Repetition { get; init; }

    /// <summary>When it is verified on the untrained checkpoint.</summary>
    public UntrainedControl Untrained { get; init; }

    /// <summary>Whether only a thorough verification decides its claims, or one that names them.</summary>
    public bool IsThorough { get; init; }

    /// <summary>Claims that the profile's texts leave nothing of.</summary>
    public IReadOnlyList<Claim> Undecidable { get; private init; } = [];

    /// <summary>The table on the texts that a profile has: conditions, rows and parts of means that need others are left out, and a claim says on how many it is.</summary>
    /// <param name="profile">The profile.</param>
    internal PaperTable Within(Profile profile)
    {
        if (profile.Texts.IsWhole)
            return this;
        MeasurementPlan plan = Plan.Within(profile.Texts);
        PlannedCells cells = new(plan, profile);
        (Claim Claim, Claim? Left)[] claims = [.. Claims.Select(c => (c, c.Within(cells)))];
        return new PaperTable(Id, Name, Title, plan, claims.Select(c => c.Left).OfType<Claim>(), profile)
        {
            Published = Published,
            Figure = Figure,
            Repetition = Repetition,
            Untrained = Untrained,
            IsThorough = IsThorough,
            Undecidable = [.. claims.Where(c => c.Left is null).Select(c => c.Claim)],
        };
    }

    private void Check(Claim claim, Profile profile)
    {
        HashSet<string> cells = [.. Plan.Cells.Select(c => $"{c.Condition.Id} on {c.Text.Key}")];
        IEnumerable<string> needed =
        [
            .. claim.Rows.SelectMany(r => r.Statistic.Cells).SelectMany(c => c.Condition.Draws(profile).Select(d => $"{d.Id} on {c.Text.Key}")),
            .. claim.Gate.SelectMany(g => claim.Texts.SelectMany(t => g.Condition.Draws(profile).Select(d => $"{d.Id} on {t.Key}"))),
        ];
        if (needed.FirstOrDefault(n => !cells.Contains(n)) is { } missing)
            throw new InvalidOperationException($"{claim.Id} needs {missing}, which {Name} does not measure.");
        if (claim.QuantityIds.FirstOrDefault(id => !Plan.Quantities.Any(q => q.Id == id)) is { } quantity)
            throw new InvalidOperationException($"{claim.Id} needs '{quantity}', which {Name} does not measure.");
    }
}
