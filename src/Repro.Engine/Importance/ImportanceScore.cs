namespace Repro.Engine.Importance;

/// <summary>What a weight is scored by: the paper's first-order importance, or one of its two factors alone as a baseline.</summary>
public enum ImportanceScore
{
    /// <summary>|θ · g| (Eq. 4), under a reading.</summary>
    FirstOrder,

    /// <summary>|θ|, which needs no text.</summary>
    Magnitude,

    /// <summary>|g| with g = Σ of the micro-batches' gradients.</summary>
    Gradient,
}
