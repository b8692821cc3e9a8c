namespace Repro.Engine.Importance;

/// <summary>What is summed over samples before it becomes a score.</summary>
public enum SummedTerm
{
    /// <summary>g of each micro-batch's mean loss or |θ · g|, as the reading says.</summary>
    Gradient,

    /// <summary>g² of each micro-batch's mean loss.</summary>
    SquaredGradient,

    /// <summary>|θ · g| of each predicted token's loss.</summary>
    TokenImportance,

    /// <summary>x² of what a weight is multiplied with in each token: one sum for each column of a matrix, or for each element of a vector.</summary>
    SquaredInput,
}

/// <summary>Which sums scores are made of.</summary>
public static class SummedTerms
{
    /// <summary>What is summed for a score; the baselines need no sums of their own.</summary>
    public static SummedTerm Term(this ImportanceScore score) => score switch
    {
        ImportanceScore.Fisher => SummedTerm.SquaredGradient,
        ImportanceScore.Snip => SummedTerm.TokenImportance,
        ImportanceScore.Wanda => SummedTerm.SquaredInput,
        _ => SummedTerm.Gradient,
    };

    /// <summary>Whether it takes a backward pass.</summary>
    public static bool IsOfGradients(this SummedTerm term) => term != SummedTerm.SquaredInput;

    /// <summary>
    /// What is read of documents: all of each or, for a gradient of each token's loss, its beginning up to that token, which is all that the loss depends
    /// on. Attention mixes positions, so that one backward pass gives no more than one such gradient.
    /// </summary>
    /// <param name="term">What is summed.</param>
    /// <param name="documents">Token ids with BOS and EOS.</param>
    public static IEnumerable<int[]> Read(this SummedTerm term, IEnumerable<int[]> documents) =>
        term == SummedTerm.TokenImportance ? documents.SelectMany(d => Enumerable.Range(2, d.Length - 1).Select(length => d[..length])) : documents;

    /// <summary>Shape of the sums for a weight.</summary>
    /// <param name="term">What is summed.</param>
    /// <param name="weight">The weight's shape.</param>
    public static long[] Shape(this SummedTerm term, long[] weight) => term == SummedTerm.SquaredInput ? weight[^1..] : weight;
}
