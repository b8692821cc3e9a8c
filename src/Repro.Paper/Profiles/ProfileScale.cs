using Repro.Engine.Files;

namespace Repro.Paper.Profiles;

/// <summary>How much of the text a user lets a profile read: less text is a faster, less certain verification.</summary>
/// <param name="Samples">Documents per language for the paper's 100K; a tenth of them stand for the 10K. Null keeps the profile's.</param>
/// <param name="TestDocuments">Most test documents per language. Null keeps the profile's.</param>
/// <param name="TrainingDocuments">Documents for the paper's 200K samples of further training, and half of them for its 100K. Null keeps the profile's.</param>
public sealed record ProfileScale(int? Samples, int? TestDocuments, int? TrainingDocuments)
{
    // The small sample and each half of the large one have documents of their own.
    private const int LeastSamples = 4;

    // The smallest count of Tables 2 and 6 is a hundredth of the largest.
    private const int LeastTrainingDocuments = 100;
    private const int PaperSamples = 200_000;

    /// <summary>Whether anything differs from the profile.</summary>
    public bool IsProfileOwn => Samples is null && TestDocuments is null && TrainingDocuments is null;

    /// <summary>The profile at this scale.</summary>
    /// <exception cref="InputException">A number is too small for the claims.</exception>
    public Profile Of(Profile profile)
    {
        if (Samples < LeastSamples || TestDocuments < 2)
            throw new InputException($"--samples must be at least {LeastSamples} and --test-documents at least 2.");
        if (TrainingDocuments is { } count && (count < LeastTrainingDocuments || PaperSamples % count != 0))
            throw new InputException($"--training-documents must be at least {LeastTrainingDocuments} and divide {PaperSamples}, for example 100 or 400.");
        return profile with
        {
            SmallSample = Samples is { } samples ? Math.Max(1, samples / 10) : profile.SmallSample,
            LargeSample = Samples ?? profile.LargeSample,
            TestDocuments = TestDocuments ?? profile.TestDocuments,
            Training = TrainingDocuments is { } documents ? profile.Training with { SamplesPerDocument = PaperSamples / documents } : profile.Training,
        };
    }
}
