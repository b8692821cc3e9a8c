namespace Repro.Paper.Experiments;

/// <summary>How far a run is.</summary>
/// <param name="Done">Units of work done; one unit is one token read forward.</param>
/// <param name="Total">Units of the whole run.</param>
/// <param name="Activity">What is being done, in a few words.</param>
public readonly record struct RunProgress(long Done, long Total, string Activity);
