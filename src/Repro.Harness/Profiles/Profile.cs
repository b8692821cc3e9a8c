using System.Text.Json.Serialization;
using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Text;
using Repro.Harness.Readings;
using Repro.Harness.Texts;

namespace Repro.Harness.Profiles;

/// <summary>A scale at which experiments run.</summary>
public sealed record Profile
{
    /// <summary>Its name, and the folder of its goldens.</summary>
    public required string Name { get; init; }

    /// <summary>The checkpoint's folder.</summary>
    public required InputFolder Checkpoint { get; init; }

    /// <summary>The corpus's folder.</summary>
    public required InputFolder Corpus { get; init; }

    /// <summary>Folder of the corpus that further training reads.</summary>
    public required InputFolder FurtherCorpus { get; init; }

    /// <summary>The paper's model that the profile is, as the published tables name it; null for another model.</summary>
    public string? PublishedModel { get; init; }

    /// <summary>
    /// How far each row must reach from the claim's general bound towards the paper's own number, 0 to 1, where the profile is the paper's model and the
    /// paper prints the number.
    /// </summary>
    /// <value>0: the general bound alone.</value>
    public double ShareOfPaper { get; init; }

    /// <summary>Documents per language for the paper's 10K.</summary>
    public required int SmallSample { get; init; }

    /// <summary>Documents per language for the paper's 100K.</summary>
    public required int LargeSample { get; init; }

    /// <summary>Most test documents measured per language.</summary>
    public required int TestDocuments { get; init; }

    /// <summary>Base perplexity the checkpoint must show, as geometric mean over languages, for an explosion to be believed.</summary>
    public required (double Low, double High) BasePerplexity { get; init; }

    /// <summary>How the experiments that train are scaled.</summary>
    public required TrainingScale Training { get; init; }

    /// <summary>How every point that the paper leaves open is read.</summary>
    public required ReadingSet Readings { get; init; }

    /// <summary>The texts of the paper.</summary>
    public required TextSet Texts { get; init; }

    /// <summary>Documents per backward pass.</summary>
    public int MicroBatch { get; init; } = 10;

    /// <summary>Most lines of a sample whose gradients are summed in one pass, by one task of a cluster.</summary>
    public int ShardSamples { get; init; } = 2_500;

    /// <summary>Longest document, in tokens.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>Draws of whatever is drawn at random.</summary>
    public int RandomDraws { get; init; } = 19;

    /// <summary>How random draws share a text's documents.</summary>
    public DocumentShares Shares { get; init; } = new(8);

    /// <summary>Seeds of each repeated further pre-training run.</summary>
    public int TrainingDraws { get; init; } = 6;

    /// <summary>Seed of random regions, of training and of the bootstrap.</summary>
    public ulong Seed { get; init; } = 1234;

    /// <summary>How gradients become importance.</summary>
    [JsonIgnore]
    public ImportanceReading Importance => Readings.Of(Reading.Importance);

    /// <summary>How lines become documents for importance; test documents are always lines.</summary>
    [JsonIgnore]
    public SampleReading Samples => Readings.Of(Reading.Samples);

    /// <summary>Whether norms belong to regions.</summary>
    [JsonIgnore]
    public NormReading Norms => Readings.Of(Reading.Norms);

    /// <summary>How per-document sums become perplexity.</summary>
    [JsonIgnore]
    public PerplexityReading Perplexity => Readings.Of(Reading.Perplexity);

    /// <summary>The same profile with one point read in another way.</summary>
    public Profile With<T>(Reading<T> reading, T value)
        where T : struct, Enum => this with { Readings = Readings.With(reading, value) };

    /// <summary>Documents that stand for all the samples of a text for further training.</summary>
    /// <param name="code">The text's code.</param>
    /// <exception cref="InvalidOperationException">The paper does not train on it.</exception>
    public int FurtherDocuments(string code) => Texts.Further.Single(f => f.Text.Code == code).Samples / Training.SamplesPerDocument;
}
