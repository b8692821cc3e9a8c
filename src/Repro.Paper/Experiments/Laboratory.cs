using Repro.Engine.Checkpoints;
using Repro.Engine.Evaluation;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Storage;
using Repro.Engine.Text;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>A checkpoint and a corpus under one profile, and what has been measured on them so far; nothing is measured twice.</summary>
public sealed class Laboratory : IDisposable
{
    private readonly LlamaModel model;
    private readonly Corpus corpus;
    private readonly Tokenizer tokenizer;
    private readonly SampleBuilder builder;
    private readonly RegionLibrary regions;
    private readonly Dictionary<(string Language, Split Split), IReadOnlyList<int[]>> documents = [];
    private readonly SortedDictionary<(string Condition, string Language), Measurement> measurements = [];

    /// <summary>Opens a checkpoint and a corpus.</summary>
    /// <param name="setup">Profile, checkpoint, corpus and device.</param>
    /// <exception cref="InputException">One of them can't be used.</exception>
    public Laboratory(Setup setup)
    {
        Profile = setup.Profile;
        CheckpointFolder = setup.Checkpoint;
        IsProfileCheckpoint = setup.IsProfileCheckpoint;
        corpus = Corpus.Open(setup.Corpus);
        tokenizer = Tokenizer.Open(Path.Combine(setup.Checkpoint, Checkpoint.TokenizerName));
        model = Checkpoint.Load(setup.Checkpoint, device: Devices.Parse(setup.Device));
        builder = new SampleBuilder(model.Config.BosTokenId, model.Config.EosTokenId, Math.Min(Profile.MaxTokens, model.Config.MaxPositions));
        regions = new RegionLibrary(model, Profile, TrainDocuments);
        Device = setup.Device;
        FingerprintBefore = WeightFingerprint.Of(model);
    }

    /// <summary>The settings.</summary>
    public Profile Profile { get; }

    /// <summary>The checkpoint's folder.</summary>
    public string CheckpointFolder { get; }

    /// <summary>Whether it is the profile's own checkpoint, whose base perplexity is known.</summary>
    public bool IsProfileCheckpoint { get; }

    /// <summary>Id that must begin every document.</summary>
    public int BosTokenId => model.Config.BosTokenId;

    /// <summary>The device everything runs on.</summary>
    public string Device { get; }

    /// <summary>The model's vocabulary size.</summary>
    public int VocabularySize => model.Config.VocabularySize;

    /// <summary>Hash of the weights in memory before anything was done to them.</summary>
    public string FingerprintBefore { get; }

    /// <summary>The regions this run has selected.</summary>
    public RegionLibrary Regions => regions;

    /// <summary>The type of the weights in memory, as safetensors names it.</summary>
    public string WeightType => Dtypes.Name(model.Parameters["model.norm.weight"].dtype);

    /// <summary>SHA-256 of the checkpoint's files.</summary>
    public string CheckpointHash() => Checkpoint.Hash(CheckpointFolder);

    /// <summary>SHA-256 of the corpus's lines.</summary>
    public string CorpusHash() => corpus.Hash();

    /// <summary>Hash of the weights in memory now.</summary>
    public string FingerprintNow() => WeightFingerprint.Of(model);

    /// <summary>Whether the corpus has test text of a language and, for a region language, enough training text.</summary>
    public bool Covers(Language language) =>
        corpus.Languages.Contains(language.Code)
        && TestDocuments(language).Count > 1
        && (!PaperLanguages.Region.Contains(language) || TrainDocuments(language.Code).Count >= Profile.LargeSample);

    /// <summary>Test documents of a language as token ids, at most the profile's number.</summary>
    public IReadOnlyList<int[]> TestDocuments(Language language) => Documents(language.Code, Split.Test, Profile.TestDocuments);

    /// <summary>Measures one language under one condition, or recalls it.</summary>
    /// <param name="condition">What is removed.</param>
    /// <param name="languages">Languages to measure while it is removed.</param>
    /// <param name="progress">Called with the tokens read and what was measured.</param>
    /// <param name="cancellation">Ends the run between two batches; the weights are restored.</param>
    public void Measure(Condition condition, IEnumerable<Language> languages, Action<long, string>? progress = null, CancellationToken cancellation = default)
    {
        Language[] missing = [.. languages.Where(l => !measurements.ContainsKey((condition.Id, l.Code)))];
        if (missing.Length == 0)
            return;

        Intervention intervention = condition.Kind == RegionKind.Base ? Intervention.None : new RemoveRegion(regions.Get(condition, progress, cancellation));
        using IDisposable edit = intervention.Apply(model);
        foreach (Language language in missing)
        {
            IReadOnlyList<int[]> test = TestDocuments(language);
            Measurement measurement = Evaluator.Measure(model, test, cancellation);
            measurements[(condition.Id, language.Code)] = measurement;
            progress?.Invoke(measurement.Tokens, $"{condition.Id}: {language.Name}");
        }
    }

    /// <summary>What was measured.</summary>
    /// <exception cref="KeyNotFoundException">It was not.</exception>
    public Measurement Recall(Condition condition, Language language) => measurements[(condition.Id, language.Code)];

    /// <summary>Everything measured so far, document by document.</summary>
    public IEnumerable<MeasuredDocuments> AllDocuments() =>
        measurements.Select(m => new MeasuredDocuments(m.Key.Condition, m.Key.Language, m.Value.Documents));

    /// <summary>Tokens that measuring an experiment reads, for planning.</summary>
    public long Cost(Language language) => TestDocuments(language).Sum(d => d.Length - 1L);

    /// <inheritdoc/>
    public void Dispose()
    {
        regions.Dispose();
        model.Dispose();
    }

    private IReadOnlyList<int[]> TrainDocuments(string language) => Documents(language, Split.Train, Profile.LargeSample);

    private IReadOnlyList<int[]> Documents(string language, Split split, int most)
    {
        if (!documents.TryGetValue((language, split), out IReadOnlyList<int[]>? built))
        {
            IEnumerable<int[]> lines = corpus.Lines(language, split).Select(tokenizer.Encode);
            documents[(language, split)] = built = [.. builder.Build(lines, Profile.Samples).Take(most)];
        }

        return built;
    }
}
