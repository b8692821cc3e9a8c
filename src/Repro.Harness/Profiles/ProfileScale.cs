using Repro.Engine.Files;

namespace Repro.Harness.Profiles;

/// <summary>How much of the text a user lets a profile read: less text is a faster, less certain verification.</summary>
/// <param name="Samples">Documents per language for the paper's 100K; a tenth of them stand for the 10K. Null keeps the profile's.</param>
/// <param name="TestDocuments">Most test documents per language. Null keeps the profile's.</param>
/// <param name="TrainingDocuments">Documents for the largest number of samples that the paper trains on. Null keeps the profile's.</param>
/// <param name="LearningRate">Peak rate of further training. Null keeps the profile's.</param>
public sealed record ProfileScale(int? Samples, int? TestDocuments, int? TrainingDocuments, double? LearningRate = null)
{
    // The small sample and each half of the large one have documents of their own.
    private const int LeastSamples = 4;

    // The smallest count at which a run is measured is a hundredth of the largest.
    private const int LeastTrainingDocuments = 100;

    /// <summary>Whether anything differs from the profile.</summary>
    public bool IsProfileOwn => Samples is null && TestDocuments is null && TrainingDocuments is null && LearningRate is null;

    /// <summary>The profile at this scale.</summary>
    /// <exception cref="InputException">A number is too small for the claims.</exception>
    public Profile Of(Profile profile)
    {
        if (Samples < LeastSamples || TestDocuments < 2)
            throw new InputException($"--samples must be at least {LeastSamples} and --test-documents at least 2.");
        int samples = profile.Texts.Further.Select(f => f.Samples).DefaultIfEmpty(1).Max();
        if (TrainingDocuments is { } count && (count < LeastTrainingDocuments || samples % count != 0))
            throw new InputException($"--training-documents must be at least {LeastTrainingDocuments} and divide {samples}, for example 100 or 400.");
        if (LearningRate is { } rate && !(rate > 0 && rate < 1))
            throw new InputException("--learning-rate must lie between 0 and 1, for example 5e-5.");
        TrainingScale training = TrainingDocuments is { } documents ? profile.Training with { SamplesPerDocument = samples / documents } : profile.Training;
        return profile with
        {
            SmallSample = Samples is { } given ? Math.Max(1, given / 10) : profile.SmallSample,
            LargeSample = Samples ?? profile.LargeSample,
            TestDocuments = TestDocuments ?? profile.TestDocuments,
            Training = LearningRate is { } named ? training with { LearningRate = named, SetForWeights = null } : training,
        };
    }
}
