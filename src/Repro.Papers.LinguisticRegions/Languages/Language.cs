using Repro.Harness.Texts;

namespace Repro.Papers.LinguisticRegions.Languages;

/// <summary>One of the paper's 30 languages (Appendix A), and where its text comes from.</summary>
/// <param name="Code">ISO 639-1.</param>
/// <param name="Name">As the paper's tables print it.</param>
/// <param name="Family">Its branch, for telling relatives apart.</param>
/// <param name="Script">What it is written in.</param>
/// <param name="Further">Whether the text is the further corpus's, of another origin, instead of the main corpus's.</param>
public sealed record Language(string Code, string Name, string Family, Script Script, bool Further = false) : TestText(Code, Name, Further);
