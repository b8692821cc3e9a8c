namespace Repro.History;

/// <summary>Student's t distribution with a whole number of degrees of freedom.</summary>
/// <remarks>Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.</remarks>
internal static class StudentDistribution
{
    /// <summary>The value that |t| exceeds with a probability.</summary>
    /// <param name="probability">Above 1e-12 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double TwoSided(double probability, int degrees)
    {
        double low = 0;
        double high = 1;
        while (Within(high, degrees) < 1 - probability)
            high *= 2;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Within(middle, degrees) < 1 - probability ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The probability that |t| stays within a value.</summary>
    private static double Within(double t, int degrees)
    {
        double angle = Math.Atan(t / Math.Sqrt(degrees));
        (double sine, double cosine) = Math.SinCos(angle);
        bool isOdd = degrees % 2 == 1;
        double term = isOdd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int k = isOdd ? 3 : 2; k <= degrees - 2; k += 2)
        {
            term *= (k - 1.0) / k * cosine * cosine;
            sum += term;
        }

        return isOdd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }
}
