using Repro.Engine.Storage;
using Repro.Engine.Text;

namespace Repro.Paper.Profiles;

/// <summary>The profiles that come with the project.</summary>
public static class PaperProfiles
{
    /// <summary>
    /// The checkpoint in the repository, on a CPU. Sample reading <see cref="SampleReading.Line"/>: it is the released code's, and the corpus's
    /// lines are documents of their own. 30 and 300 documents keep the paper's ratio of 10K to 100K.
    /// </summary>
    public static Profile Tiny { get; } = new()
    {
        Name = "tiny",
        Checkpoint = "fixtures/tiny",
        Corpus = "fixtures/corpora",
        SmallSample = 30,
        LargeSample = 300,
        TestDocuments = 100,
        BasePerplexity = (15, 100),
    };

    /// <summary>The profile of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Profile Get(string name) =>
        name == Tiny.Name ? Tiny : throw new InputException($"There is no profile '{name}'; the profiles are: {Tiny.Name}.");
}
