using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Text;
using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Profiles;

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

    /// <summary>How gradients become importance.</summary>
    public ImportanceReading Reading { get; init; } = ImportanceReading.Signed;

    /// <summary>How lines become documents for importance; test documents are always lines.</summary>
    public SampleReading Samples { get; init; } = SampleReading.Line;

    /// <summary>Whether norms take part in selection.</summary>
    public NormReading Norms { get; init; } = NormReading.WithNorms;

    /// <summary>How per-document sums become perplexity.</summary>
    public PerplexityReading Perplexity { get; init; } = PerplexityReading.PerToken;

    /// <summary>What a row of a stored matrix is in the paper's words.</summary>
    public AxisReading Axis { get; init; } = AxisReading.AppendixD;

    /// <summary>Documents per backward pass.</summary>
    public int MicroBatch { get; init; } = 10;

    /// <summary>Most lines of a sample whose gradients are summed in one pass, by one task of a cluster.</summary>
    public int ShardSamples { get; init; } = 2_500;

    /// <summary>Longest document, in tokens.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>Random draws at 3 %, where Top is placed among them.</summary>
    public int ManyDraws { get; init; } = 19;

    /// <summary>Random draws elsewhere.</summary>
    public int FewDraws { get; init; } = 5;

    /// <summary>Seeds of each repeated further pre-training run.</summary>
    public int TrainingDraws { get; init; } = 3;

    /// <summary>Seed of random regions, of training and of the bootstrap.</summary>
    public ulong Seed { get; init; } = 1234;

    /// <summary>Random draws at a ratio.</summary>
    public int Draws(double ratio) => ratio == 0.03 ? ManyDraws : FewDraws;

    /// <summary>Documents that stand for all the further text of a language.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    public int FurtherDocuments(string language) => language == "zh" ? Training.ChineseDocuments : Training.ArabicDocuments;
}
