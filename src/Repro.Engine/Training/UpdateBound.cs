namespace Repro.Engine.Training;

/// <summary>How far AdamW can move a weight at all.</summary>
public static class UpdateBound
{
    /// <summary>The largest distance a weight that starts at zero can have moved.</summary>
    /// <param name="settings">Betas and learning-rate schedule.</param>
    /// <param name="steps">Steps taken.</param>
    /// <returns>In the weight's own unit.</returns>
    /// <remarks>
    /// One step moves a weight by η·|m̂|/√v̂. By Cauchy and Schwarz |m_t| ≤ (1−β1)/√(1−β2) · √(Σ_k (β1²/β2)^k) · √v_t over the k &lt; t gradients so far
    /// (Kingma and Ba, 2015, Section 2.1, give the same without the sum), whatever the gradients are. Weight decay only pulls towards zero.
    /// </remarks>
    public static double After(TrainingSettings settings, int steps)
    {
        double ratio = settings.Beta1 * settings.Beta1 / settings.Beta2;
        double sum = 0;
        double distance = 0;
        for (int t = 1; t <= steps; t++)
        {
            sum += Math.Pow(ratio, t - 1);
            double moments = (1 - settings.Beta1) / Math.Sqrt(1 - settings.Beta2) * Math.Sqrt(sum);
            double corrections = Math.Sqrt(1 - Math.Pow(settings.Beta2, t)) / (1 - Math.Pow(settings.Beta1, t));
            distance += settings.LearningRateAt(t - 1) * moments * corrections;
        }

        return distance;
    }
}
