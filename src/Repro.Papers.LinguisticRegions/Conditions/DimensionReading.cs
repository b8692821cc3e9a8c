namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>What ranks the rows and columns of a matrix.</summary>
public enum DimensionReading
{
    /// <summary>How many members of the Top 5 % core region they hold (Section 3.3's text: "encompassing a significant number of 'Top' region parameters").</summary>
    Members,

    /// <summary>The sum of their weights' core importance (the captions of Tables 3, 7 and 8: "the most … cumulated I").</summary>
    Importance,
}
