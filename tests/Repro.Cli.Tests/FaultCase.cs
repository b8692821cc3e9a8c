namespace Repro.Cli.Tests;

/// <summary>What a run becomes of under a fault.</summary>
internal enum FaultEnd
{
    /// <summary>It ends with the very results of an undisturbed one.</summary>
    SameResults,

    /// <summary>It ends with one sentence and the environment's exit code.</summary>
    OneSentence,

    /// <summary>Either, and the same command goes on afterwards and ends with the same results.</summary>
    GoesOn,
}

/// <summary>A row of the table of faults.</summary>
/// <param name="Name">What goes wrong, as the test's name says it.</param>
/// <param name="Work">What runs meanwhile.</param>
/// <param name="End">What becomes of it.</param>
/// <param name="Says">What standard error must hold, or null.</param>
/// <param name="Disturb">Makes the fault before the run begins.</param>
internal sealed record FaultCase(string Name, FaultWork Work, FaultEnd End, string? Says, Action<FaultScene> Disturb);
