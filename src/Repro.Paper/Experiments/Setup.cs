using Repro.Engine.Evaluation;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>What is measured: a checkpoint on a corpus under a profile.</summary>
public sealed record Setup
{
    /// <summary>The settings.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The checkpoint's folder.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The corpus's folder.</summary>
    public required string Corpus { get; init; }

    /// <summary>A torch device, <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Whether the checkpoint is the profile's own, whose base perplexity is known.</summary>
    public required bool IsProfileCheckpoint { get; init; }

    /// <summary>Whether checkpoint and corpus are the profile's own, so that its goldens apply.</summary>
    public required bool IsProfileOwn { get; init; }

    /// <summary>A profile on its own checkpoint and corpus, or on the user's.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="project">The project's folder.</param>
    /// <param name="checkpoint">The user's checkpoint, or null.</param>
    /// <param name="corpus">The user's corpus, or null.</param>
    /// <param name="device">A torch device.</param>
    public static Setup Of(Profile profile, string project, string? checkpoint = null, string? corpus = null, string device = "cpu") => new()
    {
        Profile = profile,
        Checkpoint = checkpoint ?? Path.Combine(project, profile.Checkpoint),
        Corpus = corpus ?? Path.Combine(project, profile.Corpus),
        Device = device,
        IsProfileCheckpoint = checkpoint is null,
        IsProfileOwn = checkpoint is null && corpus is null,
    };
}

/// <summary>The documents of one language under one condition.</summary>
/// <param name="Condition">What was removed.</param>
/// <param name="Language">The language.</param>
/// <param name="Documents">Sums per document.</param>
public sealed record MeasuredDocuments(string Condition, string Language, IReadOnlyList<DocumentScore> Documents);
