namespace Repro.Engine.Importance;

/// <summary>What a weight is scored by: the paper's first-order importance, one of its two factors alone as a baseline, or a score of other work.</summary>
public enum ImportanceScore
{
    /// <summary>|θ · g| (Eq. 4), under a reading.</summary>
    FirstOrder,

    /// <summary>|θ|, which needs no text.</summary>
    Magnitude,

    /// <summary>|g| with g = Σ of the micro-batches' gradients.</summary>
    Gradient,

    /// <summary>θ² · Σ g² over micro-batches: what removing the weight costs by the diagonal of the empirical Fisher information (Theis et al., 2018).</summary>
    Fisher,

    /// <summary>Σ |θ · g| over predicted tokens, g of one token's loss (SNIP; Lee et al., 2019, token by token).</summary>
    Snip,

    /// <summary>
    /// |θ| · ‖x‖, x what the weight is multiplied with in each token (Wanda; Sun et al., 2024). There weights are compared within a row of the matrix;
    /// a region takes the same share of each matrix by every score, so that here they are compared within the matrix.
    /// </summary>
    Wanda,
}
