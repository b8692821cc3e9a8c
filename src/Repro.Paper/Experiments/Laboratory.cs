using Repro.Engine.Checkpoints;
using Repro.Engine.Evaluation;
using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Engine.Safetensors;
using Repro.Engine.Training;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;
using Repro.Paper.Results;

namespace Repro.Paper.Experiments;

/// <summary>A checkpoint and its texts under one profile, and what has been measured on them so far; nothing is measured twice.</summary>
public sealed partial class Laboratory : IDisposable
{
    private readonly Setup setup;
    private readonly LlamaModel model;
    private readonly ImportanceLibrary importance;
    private readonly RegionLibrary regions;
    private readonly ResultKeys keys;
    private readonly string residentBefore;
    private readonly SortedDictionary<(string Condition, string Text), Measurement> measurements = [];
    private readonly Dictionary<string, Resampled> quantities = [];

    /// <summary>Opens a checkpoint and its texts.</summary>
    /// <param name="setup">Profile, checkpoint, corpora, device and store.</param>
    /// <exception cref="InputException">One of them can't be used.</exception>
    public Laboratory(Setup setup)
    {
        this.setup = setup;
        LlamaConfig config = Checkpoint.ReadConfig(setup.Checkpoint);
        Plan = PlanFor(config, config.WeightType);
        model = LoadModel(null);
        Texts = new TextLibrary(setup, model.Config);
        FingerprintBefore = WeightFingerprint.Of(model);
        residentBefore = model.IsStreamed ? WeightFingerprint.OfResident(model) : FingerprintBefore;
        keys = new ResultKeys(setup, Texts, model.Config, FingerprintBefore);
        importance = new ImportanceLibrary(model, Profile, Texts, keys, setup.Store.Artifacts, Pass);
        regions = new RegionLibrary(model.Config, Profile, importance, keys, setup.Store.Artifacts);
    }

    /// <summary>The settings.</summary>
    public Profile Profile => setup.Profile;

    /// <summary>What it was opened with.</summary>
    public Setup Setup => setup;

    /// <summary>The documents.</summary>
    public TextLibrary Texts { get; }

    /// <summary>The model's shape.</summary>
    public LlamaConfig Config => model.Config;

    /// <summary>Hash of the weights in memory before anything was done to them.</summary>
    public string FingerprintBefore { get; }

    /// <summary>Gradient sums and importance of the model.</summary>
    public ImportanceLibrary Importance => importance;

    /// <summary>The regions this run has selected.</summary>
    public RegionLibrary Regions => regions;

    /// <summary>The type of the weights in memory, as safetensors names it.</summary>
    public string WeightType => Dtypes.Name(model.WeightType);

    /// <summary>What the run holds where.</summary>
    public MemoryPlan Plan { get; }

    /// <summary>How gradients are summed under the profile.</summary>
    public GradientPass Pass() => new(Profile.MicroBatch, Profile.Reading)
    {
        Placement = Plan.Sums,
        TokensTogether = Plan.TokensTogether,
        TokensPerBackward = MemoryPlanner.TokensPerBackward(Plan.Devices.First),
    };

    /// <summary>SHA-256 of the checkpoint's files.</summary>
    public string CheckpointHash() => Checkpoint.Hash(setup.Checkpoint);

    /// <summary>Hash of the weights in memory now.</summary>
    public string FingerprintNow() => WeightFingerprint.Of(model);

    /// <summary>Measures all that an experiment needs, or recalls it.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="progress">Called with the units of work done and what they were.</param>
    /// <param name="cancellation">Ends the run between two batches; the weights are restored.</param>
    public void Measure(Experiment experiment, Action<long, string>? progress = null, CancellationToken cancellation = default)
    {
        importance.Progress = progress;
        importance.Cancellation = cancellation;
        foreach (EditedCondition condition in experiment.Conditions.OfType<EditedCondition>())
            Measure(condition, experiment.Languages, progress, cancellation);
        TrainedRun[] runs =
        [
            .. from run in experiment.Conditions.OfType<FurtherTrained>().GroupBy(c => (c.Plan, c.Draw), (_, stops) => stops.ToArray())
               where !RecallRun(run, experiment.Languages, progress)
               select new TrainedRun(TrainingBench.Of(this, run[0]), run),
        ];
        ParallelRuns.ForEach(runs, ParallelRuns.Degree(Config, Plan.Devices.First), run => Train(run, experiment.Languages, progress, cancellation));
        foreach (Quantity quantity in experiment.Quantities.Where(q => !quantities.ContainsKey(q.Id)))
        {
            quantities[quantity.Id] = Result("quantity", quantity.Id, () => quantity.Measure(this, cancellation));
            progress?.Invoke(WorkPlan.QuantityUnits, quantity.Id);
        }
    }

    /// <summary>What was measured.</summary>
    /// <exception cref="KeyNotFoundException">It was not.</exception>
    public Measurement Recall(Condition condition, Language language) => measurements[(condition.Id, language.Key)];

    /// <summary>A quantity that was measured.</summary>
    /// <exception cref="KeyNotFoundException">It was not.</exception>
    public Resampled Recall(string quantity) => quantities[quantity];

    /// <summary>A result of this checkpoint and these readings, made where there is none.</summary>
    /// <param name="kind">What kind of result.</param>
    /// <param name="name">Its name.</param>
    /// <param name="make">Makes it.</param>
    public T Result<T>(string kind, string name, Func<T> make)
        where T : class => setup.Store.Get(keys.Of(kind, name), make);

    /// <summary>A result that may depend on everything a profile says, made where there is none.</summary>
    /// <inheritdoc cref="Result{T}"/>
    public T ClaimResult<T>(string name, Func<T> make)
        where T : class => setup.Store.Get(keys.OfClaim(name), make);

    /// <summary>Everything measured so far, document by document.</summary>
    public IEnumerable<MeasuredDocuments> AllDocuments() =>
        measurements.Select(m => new MeasuredDocuments(m.Key.Condition, m.Key.Text, m.Value.Documents));

    /// <summary>Runs work on the model under a condition.</summary>
    public T Under<T>(EditedCondition condition, Func<LlamaModel, T> work) => Under(condition.Edit(regions), work);

    /// <summary>Runs work on the model under an edit.</summary>
    public T Under<T>(Intervention edit, Func<LlamaModel, T> work)
    {
        using IDisposable applied = edit.Apply(model);
        return work(model);
    }

    /// <summary>A second copy of the checkpoint in memory, to be trained or held in another type.</summary>
    /// <param name="type">Type of its weights; null keeps the checkpoint's.</param>
    public LlamaModel Copy(TorchSharp.torch.ScalarType? type) => LoadModel(type);

    /// <inheritdoc/>
    public void Dispose()
    {
        importance.Dispose();
        model.Dispose();
    }

    private MemoryPlan PlanFor(LlamaConfig config, TorchSharp.torch.ScalarType type) =>
        setup.Machine().ForImportance(config, type, (long)Profile.MicroBatch * Math.Min(Profile.MaxTokens, config.MaxPositions));

    private LlamaModel LoadModel(TorchSharp.torch.ScalarType? type)
    {
        LlamaConfig config = Checkpoint.ReadConfig(setup.Checkpoint);
        MemoryPlan plan = type is { } other && other != config.WeightType ? PlanFor(config, other) : Plan;
        if (setup.Untrained && Plan.StreamsBlocks)
            return Checkpoint.Load(RandomFolder(), plan.Devices, plan.StreamsBlocks, type);
        LlamaModel loaded = Checkpoint.Load(setup.Checkpoint, plan.Devices, plan.StreamsBlocks, type);
        if (setup.Untrained)
            Initialisation.Randomise(loaded, (long)Profile.Seed);
        return loaded;
    }

    // Weights that do not fit into memory are drawn into files.
    private string RandomFolder()
    {
        LlamaConfig config = Checkpoint.ReadConfig(setup.Checkpoint);
        return setup.Store.Artifacts.EnsureFolder(
            $"random weights {System.Text.Json.JsonSerializer.Serialize(config)} seed {Profile.Seed}", folder => RandomCheckpoint.Write(folder, config, config.WeightType, Profile.Seed));
    }

    private void Measure(EditedCondition condition, IReadOnlyList<Language> languages, Action<long, string>? progress, CancellationToken cancellation)
    {
        List<Language> missing = [];
        foreach (Language language in languages.Where(l => !measurements.ContainsKey((condition.Id, l.Key))))
        {
            if (setup.Store.Find<StoredScores>(keys.Of(condition, language)) is { } stored)
                Keep(condition, language, stored.ToMeasurement(), progress);
            else
                missing.Add(language);
        }

        if (missing.Count == 0)
            return;
        List<(Language Language, Measurement Measurement)> measured = Under(condition, edited => missing.Select(language =>
        {
            Measurement measurement = Evaluator.Measure(edited, Texts.Test(language), cancellation: cancellation);
            Keep(condition, language, measurement, progress);
            return (language, measurement);
        }).ToList());

        // What is recalled later must come from a run whose weights came back.
        if (model.EditsStreamedBlocks || WeightFingerprint.OfResident(model) != residentBefore)
            throw new InvalidOperationException($"The weights differ from those loaded after '{condition.Id}'; its results are not kept.");
        foreach ((Language language, Measurement measurement) in measured)
            setup.Store.Keep(keys.Of(condition, language), StoredScores.Of(measurement));
    }

    private void Keep(Condition condition, Language language, Measurement measurement, Action<long, string>? progress)
    {
        measurements[(condition.Id, language.Key)] = measurement;
        progress?.Invoke(measurement.Tokens, $"{condition.Id}: {language.Name}");
    }
}
