namespace Repro.Engine.Importance;

/// <summary>What is summed over samples before it becomes a score.</summary>
public enum SummedTerm
{
    /// <summary>g of each micro-batch's mean loss or |θ · g|, as the reading says.</summary>
    Gradient,

    /// <summary>g² of each micro-batch's mean loss.</summary>
    SquaredGradient,
}

/// <summary>Which sums scores are made of.</summary>
public static class SummedTerms
{
    /// <summary>What is summed for a score; the baselines need no sums of their own.</summary>
    public static SummedTerm Term(this ImportanceScore score) => score switch
    {
        ImportanceScore.Fisher => SummedTerm.SquaredGradient,
        _ => SummedTerm.Gradient,
    };
}
