namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>What the paper's "row" and "column" are of a matrix that is stored as <c>[out, in]</c>.</summary>
public enum AxisReading
{
    /// <summary>
    /// The paper writes x·W: a column of q/k/v is an output, which belongs to a head (Appendix D and Figure 6). A paper column is a stored row.
    /// </summary>
    AppendixD,

    /// <summary>A paper column is a stored column (the released code's helper).</summary>
    Stored,
}
