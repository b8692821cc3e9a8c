using Repro.Engine.Planning;
using Repro.Harness.Claims;

namespace Repro.Harness.Verification;

/// <summary>Receives progress from a running verification.</summary>
/// <param name="Progress">Called after every measurement.</param>
/// <param name="Decided">Called with every verdict as soon as it is reached.</param>
/// <param name="Planned">Called once, before anything is measured, with what will be held where and the floating-point operations of the run.</param>
public sealed record RunObserver(Action<RunProgress>? Progress = null, Action<Verdict>? Decided = null, Action<MemoryPlan, double>? Planned = null);
