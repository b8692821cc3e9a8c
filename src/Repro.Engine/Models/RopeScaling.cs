namespace Repro.Engine.Models;

/// <summary>
/// How LLaMA-3.1 and later stretch the slow rotations of the rotary embedding for contexts longer than they were first trained on
/// (<c>rope_type</c> <c>llama3</c>).
/// </summary>
/// <param name="Factor">A rotation that is stretched whole takes this many times as long.</param>
/// <param name="LowFrequencyFactor">Rotations with fewer turns in the original context than this are stretched whole.</param>
/// <param name="HighFrequencyFactor">Rotations with more turns than this are left; those between the two are blended.</param>
/// <param name="OriginalPositions">Length of the original context, in tokens.</param>
public sealed record RopeScaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalPositions)
{
    /// <summary>The frequency that takes a frequency's place.</summary>
    /// <param name="frequency">Radians per position.</param>
    public double Apply(double frequency)
    {
        double turns = OriginalPositions * frequency / (2 * Math.PI);
        double kept = Math.Clamp((turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return (kept * frequency) + ((1 - kept) * frequency / Factor);
    }
}
