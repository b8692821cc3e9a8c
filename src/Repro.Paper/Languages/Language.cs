namespace Repro.Paper.Languages;

/// <summary>One of the paper's 30 languages (Appendix A).</summary>
/// <param name="Code">ISO 639-1.</param>
/// <param name="Name">As the paper's tables print it.</param>
/// <param name="Family">Its branch, for telling relatives apart.</param>
public sealed record Language(string Code, string Name, string Family);
