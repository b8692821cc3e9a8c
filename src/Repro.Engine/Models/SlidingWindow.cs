namespace Repro.Engine.Models;

/// <summary>
/// A window that attention slides over in some layers: a position there sees itself and those before it up to <see cref="Length"/> in all.
/// The engine attends to every position, which is the same for documents of at most that length.
/// </summary>
/// <param name="Length">Positions seen, in tokens.</param>
/// <param name="FirstLayer">Index from 0 of the first layer with the window.</param>
/// <param name="StatedPositions">Longest sequence the checkpoint's configuration states, which may exceed the window.</param>
public sealed record SlidingWindow(int Length, int FirstLayer, int StatedPositions);
