namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>What single precision can hold.</summary>
internal static class Float32
{
    /// <summary>Distance to the next larger float32.</summary>
    public static float Spacing(decimal value) => MathF.BitIncrement((float)value) - (float)value;

    /// <summary>The float32 nearest to a number, exactly.</summary>
    public static decimal Nearest(decimal value) => new((double)(float)value);
}
