using Repro.Engine.Checkpoints;
using Repro.Engine.Evaluation;
using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Engine.Safetensors;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using static TorchSharp.torch;

namespace Repro.Harness.Measuring;

/// <summary>A checkpoint and its texts under one profile: loads, edits, evaluates and trains.</summary>
public sealed class ModelSession : IDisposable
{
    private readonly LlamaModel model;
    private readonly string residentBefore;

    /// <summary>Opens a checkpoint and its texts.</summary>
    /// <param name="configuration">Profile, checkpoint, corpora, device and store.</param>
    /// <exception cref="InputException">One of them can't be used.</exception>
    public ModelSession(RunConfiguration configuration)
    {
        Configuration = configuration;
        LlamaConfig config = Checkpoint.ReadConfig(configuration.Checkpoint);
        Plan = PlanFor(config, config.WeightType);
        model = LoadModel(null);
        Texts = new DocumentSource(Profile, configuration.Corpus, configuration.FurtherCorpus, configuration.Checkpoint, model.Config);
        FingerprintBefore = WeightFingerprint.Of(model);
        residentBefore = model.IsStreamed ? WeightFingerprint.OfResident(model) : FingerprintBefore;
        Work = new WorkMeter(model.Config);
        Keys = new MeasurementKeys(configuration, Texts, model.Config, FingerprintBefore);
        Importance = new GradientSumStore(model, Profile, Texts, Keys, configuration.Store.Artifacts, Work, Pass);
        Regions = new RegionSelector(model.Config, Profile, Importance, Keys, configuration.Store.Artifacts);
    }

    /// <summary>What it was opened with.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>The settings.</summary>
    public Profile Profile => Configuration.Profile;

    /// <summary>The documents.</summary>
    public DocumentSource Texts { get; }

    /// <summary>The model's shape.</summary>
    public LlamaConfig Config => model.Config;

    /// <summary>Hash of the weights in memory before anything was done to them.</summary>
    public string FingerprintBefore { get; }

    /// <summary>Gradient sums and importance of the model.</summary>
    public GradientSumStore Importance { get; }

    /// <summary>The model's regions.</summary>
    public RegionSelector Regions { get; }

    /// <summary>The type of the weights in memory, as safetensors names it.</summary>
    public string WeightType => Dtypes.Name(model.WeightType);

    /// <summary>What the run holds where.</summary>
    public MemoryPlan Plan { get; }

    /// <summary>What has been computed so far.</summary>
    public WorkMeter Work { get; }

    /// <summary>What results are kept under.</summary>
    internal MeasurementKeys Keys { get; }

    /// <summary>How gradients are summed under the profile.</summary>
    public GradientPass Pass() => new(Profile.MicroBatch, Profile.Importance)
    {
        Placement = Plan.Sums,
        TokensTogether = Plan.TokensTogether,
        TokensPerBackward = MemoryPlanner.TokensPerBackward(Plan.Devices.First),
    };

    /// <summary>SHA-256 of the checkpoint's files.</summary>
    public string CheckpointHash() => Checkpoint.Hash(Configuration.Checkpoint);

    /// <summary>Hash of the weights in memory now.</summary>
    public string FingerprintNow() => WeightFingerprint.Of(model);

    /// <summary>A result of this checkpoint and these readings, made where the store has none.</summary>
    /// <param name="kind">What kind of result.</param>
    /// <param name="name">Its name.</param>
    /// <param name="make">Makes it.</param>
    public T Result<T>(string kind, string name, Func<T> make)
        where T : class => Configuration.Store.Get(Keys.Of(make, kind, name), make);

    /// <summary>How far a training run has moved the weights.</summary>
    /// <exception cref="InvalidOperationException">The run was not trained.</exception>
    public Moved Moved(Displacement displacement) =>
        Configuration.Store.Find<Moved>(Keys.Of(displacement)) ?? throw new InvalidOperationException($"'{displacement.Id}' was not kept.");

    /// <summary>Runs work on the model under a condition.</summary>
    public T Under<T>(EditedCondition condition, Func<LlamaModel, T> work) => Under(condition.Edit(Regions), work);

    /// <summary>Runs work on the model under an edit.</summary>
    public T Under<T>(Intervention edit, Func<LlamaModel, T> work)
    {
        using IDisposable applied = edit.Apply(model);
        return work(model);
    }

    /// <summary>Measures a condition on texts, one after the other.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="context">Hears of every text; ends the work between two batches.</param>
    /// <exception cref="InvalidOperationException">The weights did not come back.</exception>
    public IReadOnlyList<(TestText Text, Measurement Measurement)> Evaluate(EditedCondition condition, IReadOnlyList<TestText> texts, RunContext context)
    {
        IReadOnlyList<Measurement> measurements = Under(condition, edited => Evaluator.MeasureAll(edited, [.. texts.Select(t => Texts.Test(t, condition))], cancellation: context.Cancellation));
        (TestText Text, Measurement Measurement)[] measured = [.. texts.Zip(measurements)];
        foreach ((TestText text, Measurement measurement) in measured)
        {
            Work.Read(Texts.Test(text, condition));
            context.Progress?.Invoke(measurement.Tokens, $"{condition.Id}: {text.Name}");
        }

        // An edit may well make a model overflow; as it is loaded it must not.
        if (condition is Unedited && measured.FirstOrDefault(m => !double.IsFinite(m.Measurement.NatsPerToken)) is { Measurement: not null } broken)
            throw NonFinite.Complaint(model, Texts.Test(broken.Text, condition), $"The perplexity of {broken.Text.Name}");

        // What is recalled later must come from a run whose weights came back.
        if (model.EditsStreamedBlocks || WeightFingerprint.OfResident(model) != residentBefore)
            throw new InvalidOperationException($"The weights differ from those loaded after '{condition.Id}'; its results are not kept.");
        return measured;
    }

    /// <summary>A second copy of the checkpoint in memory, to be trained or held in another type.</summary>
    /// <param name="type">Type of its weights; null keeps the checkpoint's.</param>
    public LlamaModel Copy(ScalarType? type) => LoadModel(type);

    /// <inheritdoc/>
    public void Dispose()
    {
        Importance.Dispose();
        model.Dispose();
    }

    private MemoryPlan PlanFor(LlamaConfig config, ScalarType type) =>
        Configuration.Machine().ForImportance(config, type, (long)Profile.MicroBatch * Math.Min(Profile.MaxTokens, config.MaxPositions));

    private LlamaModel LoadModel(ScalarType? type)
    {
        LlamaConfig config = Checkpoint.ReadConfig(Configuration.Checkpoint);
        MemoryPlan plan = type is { } other && other != config.WeightType ? PlanFor(config, other) : Plan;
        if (Configuration.Weights != MeasuredWeights.Own && Plan.StreamsBlocks)
            return Checkpoint.Load(ControlFolder(config), plan.Devices, plan.StreamsBlocks, type);
        LlamaModel loaded = Checkpoint.Load(Configuration.Checkpoint, plan.Devices, plan.StreamsBlocks, type);
        if (Configuration.Weights == MeasuredWeights.Random)
            Initialisation.Randomise(loaded, (long)Profile.Seed);
        else if (Configuration.Weights == MeasuredWeights.Permuted)
            PermutedCheckpoint.Permute(loaded, Profile.Seed);
        return loaded;
    }

    // A control's weights that do not fit into memory are made in files.
    private string ControlFolder(LlamaConfig config) => Configuration.Weights == MeasuredWeights.Random
        ? Configuration.Store.Artifacts.EnsureFolder(
            $"random weights {System.Text.Json.JsonSerializer.Serialize(config)} seed {Profile.Seed}", folder => RandomCheckpoint.Write(folder, config, config.WeightType, Profile.Seed))
        : Configuration.Store.Artifacts.EnsureFolder($"permuted weights {CheckpointHash()} seed {Profile.Seed}", folder =>
        {
            using LlamaModel own = Checkpoint.Load(Configuration.Checkpoint, Plan.Devices, Plan.StreamsBlocks);
            PermutedCheckpoint.Write(folder, own, Profile.Seed);
        });
}
