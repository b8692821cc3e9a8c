namespace Repro.Engine.Importance;

/// <summary>How per-batch gradients become importance; the paper and its released code differ.</summary>
public enum ImportanceReading
{
    /// <summary>|θ · Σ g|: gradients are summed with their sign, then multiplied (the released code).</summary>
    Signed,

    /// <summary>Σ |θ · g|: each micro-batch's importance is summed (the paper's words, Section 3.2).</summary>
    Absolute,
}
