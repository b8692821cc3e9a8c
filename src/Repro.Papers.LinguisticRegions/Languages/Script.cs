namespace Repro.Papers.LinguisticRegions.Languages;

/// <summary>What a language is written in (ISO 15924).</summary>
public enum Script
{
    /// <summary>Latin.</summary>
    Latin,

    /// <summary>Arabic.</summary>
    Arabic,

    /// <summary>Cyrillic.</summary>
    Cyrillic,

    /// <summary>Greek.</summary>
    Greek,

    /// <summary>Chinese characters; Japanese's are mixed with kana.</summary>
    Han,

    /// <summary>Hangul.</summary>
    Hangul,

    /// <summary>Malayalam.</summary>
    Malayalam,

    /// <summary>Tamil.</summary>
    Tamil,
}
