namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>Which weight of an input norm is changed.</summary>
public enum NormWeightReading
{
    /// <summary>That of the dimension which Section 3.3 finds in the matrices ("we iterate through the key dimensions mentioned in Section 3.3").</summary>
    OfDimension,

    /// <summary>The one with the most importance of its own vector.</summary>
    OwnImportance,
}
