using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Harness.Profiles;
using Repro.Harness.Store;

namespace Repro.Harness.Measuring;

/// <summary>Which weights a checkpoint is measured with.</summary>
public enum MeasuredWeights
{
    /// <summary>Its own.</summary>
    Own,

    /// <summary>Random ones of its shape, as before training.</summary>
    Random,

    /// <summary>Its own, shuffled within each tensor.</summary>
    Permuted,
}

/// <summary>What is measured: a checkpoint on a corpus under a profile.</summary>
public sealed record RunConfiguration
{
    /// <summary>The settings.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The checkpoint's folder.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The corpus's folder.</summary>
    public required string Corpus { get; init; }

    /// <summary>Folder of the text for further training, or null for none.</summary>
    public string? FurtherCorpus { get; init; }

    /// <summary>Torch devices: <c>cpu</c>, <c>cuda:0</c> or several.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Bytes of the host's memory that the run may use; null is four fifths of what is free.</summary>
    public long? Memory { get; init; }

    /// <summary>Where results are kept and recalled from.</summary>
    public ResultStore Store { get; init; } = new(null);

    /// <summary>The weights that are measured: the checkpoint's own, or a control's.</summary>
    public MeasuredWeights Weights { get; init; }

    /// <summary>Whether the checkpoint's weights are replaced by random ones: the negative control.</summary>
    public bool Untrained => Weights == MeasuredWeights.Random;

    /// <summary>Whether checkpoint and corpora are the profile's own, so that its goldens and its range of base perplexities apply.</summary>
    public required bool IsProfileOwn { get; init; }

    /// <summary>What the machine may give to the run.</summary>
    public MachinePlan Machine() => new(Devices.Parse(Device), Memory, Store.Artifacts.Folder);

    /// <summary>Why the experiments that train can't run here, or null where they can.</summary>
    /// <param name="config">The model's shape.</param>
    public string? TrainingRefusal(LlamaConfig config)
    {
        ModelSize size = new(config, config.WeightType);
        if (Profile.Training.RateRefusal(size.BlockWeights + size.OtherWeights) is { } refusal)
            return refusal;
        try
        {
            Machine().CheckTraining(config);
            return null;
        }
        catch (InputException e)
        {
            return e.Message.TrimEnd('.');
        }
    }

    /// <summary>A profile on its own checkpoint and corpora, or on the user's.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="project">The project's folder.</param>
    /// <param name="checkpoint">The user's checkpoint, or null.</param>
    /// <param name="corpus">The user's corpus, or null.</param>
    /// <param name="further">The user's text for further training, or null; without any, the claims that train are not applicable.</param>
    /// <exception cref="InputException">The profile's folder is named by a variable that is not set.</exception>
    public static RunConfiguration Of(Profile profile, string project, string? checkpoint = null, string? corpus = null, string? further = null) => new()
    {
        Profile = profile,
        Checkpoint = checkpoint ?? profile.Checkpoint.Require(project, profile.Name),
        Corpus = corpus ?? profile.Corpus.Require(project, profile.Name),
        FurtherCorpus = further ?? profile.FurtherCorpus.Find(project),
        IsProfileOwn = checkpoint is null && corpus is null && further is null,
    };
}
