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
}
