using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Text;
using TorchSharp;

namespace Repro.Engine.Training;

/// <summary>What to train, on what, and where the checkpoint goes.</summary>
public sealed record TrainingRequest
{
    /// <summary>Folders of the corpora.</summary>
    public required IReadOnlyList<string> CorpusFolders { get; init; }

    /// <summary>Folders of corpora of which no line is trained on.</summary>
    public IReadOnlyList<string> HeldOutFolders { get; init; } = [];

    /// <summary>Most training tokens of a language; null trains on all.</summary>
    public long? MostTokens { get; init; }

    /// <summary>Folder for the checkpoint and, while the run lasts, its snapshot.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Shape of a new model, or null to go on from <see cref="FromFolder"/>.</summary>
    public LlamaConfig? Shape { get; init; }

    /// <summary>Checkpoint to start from, or null for random weights.</summary>
    public string? FromFolder { get; init; }

    /// <summary>Region file whose weights keep the values that <see cref="FromFolder"/> has, or null.</summary>
    public string? FreezePath { get; init; }

    /// <summary>The tokenizer's file.</summary>
    public required string TokenizerPath { get; init; }

    /// <summary>The run's settings.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Minutes to train for; the steps then follow from the pace of a few trial steps, and <see cref="TrainingSettings.Steps"/> is not used.</summary>
    public double? Minutes { get; init; }

    /// <summary>Steps after which the checkpoint is kept as well, in <c>checkpoint-STEP</c> of <see cref="OutputFolder"/>.</summary>
    public IReadOnlyList<int> KeepAt { get; init; } = [];

    /// <summary>The command as it was given, for the provenance.</summary>
    public string Command { get; init; } = "";
}

/// <summary>A whole training run: text, model, snapshots, checkpoint and provenance.</summary>
public static class TrainingRun
{
    private const int StepsBetweenSnapshots = 200;
    private const int StepsPerCurvePoint = 50;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Trains, or goes on from a snapshot of the same run, and writes the checkpoint.</summary>
    /// <param name="request">The run.</param>
    /// <param name="started">Called once with the text and the steps already taken.</param>
    /// <param name="afterStep">Called after every step.</param>
    /// <param name="cancellation">Ends the run between two steps and leaves a snapshot.</param>
    /// <exception cref="InputException">Something given can't be used.</exception>
    public static void Execute(
        TrainingRequest request, Action<TrainingText, int>? started, Action<TrainingProgress>? afterStep, CancellationToken cancellation)
    {
        Tokenizer tokenizer = Tokenizer.Open(request.TokenizerPath);
        using LlamaModel model = Prepare(request, tokenizer);
        Corpus[] corpora = [.. request.CorpusFolders.Select(Corpus.Open)];
        Corpus[] heldOut = [.. request.HeldOutFolders.Select(Corpus.Open)];
        TrainingText text = TrainingText.Build(corpora, tokenizer, model.Config, request.Settings.Seed, heldOut, request.MostTokens);
        if (text.Windows.Count == 0)
            throw new InputException($"{string.Join(", ", request.CorpusFolders)} holds no training text.");

        Region? freeze = request.FreezePath is { } path ? RegionFile.Load(path) : null;
        TrainingSnapshot snapshot = new(Path.Combine(request.OutputFolder, ".training.safetensors"), Identity(request, model.Config, text, freeze), StepsBetweenSnapshots);
        int steps = request.Minutes is { } minutes ? snapshot.PlannedSteps() ?? StepsWithin(minutes, request, tokenizer, text) : request.Settings.Steps;
        foreach (int outside in request.KeepAt.Where(step => step < 1 || step > steps))
            throw new InputException($"There is no step {outside} to keep a checkpoint at; the run has steps 1 to {steps}.");
        using Trainer trainer = new(model, text.Windows, request.Settings with { Steps = steps });
        snapshot.TryRestore(trainer);
        using FrozenRegion? frozen = freeze is null ? null : new FrozenRegion(model.Parameters, freeze);
        trainer.Frozen = frozen;
        started?.Invoke(text, trainer.Optimizer.StepsTaken);
        void Keep(string folder)
        {
            Checkpoint.Save(folder, model);
            TokenizerFiles.Copy(request.TokenizerPath, folder);
            WriteProvenance(folder, request, corpora, heldOut, text, trainer, freeze);
        }

        Train(
            trainer,
            snapshot,
            progress =>
            {
                // Before the snapshot of the same step, so that a run killed in between comes past here again.
                if (request.KeepAt.Contains(progress.Step))
                    Keep(Path.Combine(request.OutputFolder, $"checkpoint-{progress.Step}"));
                afterStep?.Invoke(progress);
            },
            cancellation);
        Keep(request.OutputFolder);
        snapshot.Remove();
    }

    private static LlamaModel Prepare(TrainingRequest request, Tokenizer tokenizer)
    {
        if (request.FromFolder is { } folder)
        {
            LlamaModel loaded = Checkpoint.Load(folder, torch.ScalarType.Float32);
            tokenizer.CheckFits(loaded.Config);
            return loaded;
        }

        if (request.FreezePath is not null)
            throw new InputException("--freeze holds values that training has found; give the checkpoint that has them with --from.");
        LlamaConfig shape = request.Shape ?? throw new InputException("Neither a shape nor a checkpoint to start from was given; use --shape or --from.");
        tokenizer.CheckFits(shape);
        LlamaModel model = new(shape, torch.ScalarType.Float32, torch.CPU);
        Initialisation.Randomise(model, (long)request.Settings.Seed);
        return model;
    }

    private static void Train(Trainer trainer, TrainingSnapshot snapshot, Action<TrainingProgress>? afterStep, CancellationToken cancellation)
    {
        try
        {
            trainer.Run(
                progress =>
                {
                    afterStep?.Invoke(progress);
                    snapshot.SaveWhereDue(trainer);
                },
                cancellation);
        }
        catch (OperationCanceledException)
        {
            snapshot.Save(trainer);
            throw;
        }
    }

    private static int StepsWithin(double minutes, TrainingRequest request, Tokenizer tokenizer, TrainingText text)
    {
        const int WarmUp = 2;
        const int Timed = 6;
        using LlamaModel trial = Prepare(request, tokenizer);
        using Trainer trainer = new(trial, text.Windows, request.Settings with { Steps = WarmUp + Timed });
        Stopwatch watch = new();
        trainer.Run(progress =>
        {
            if (progress.Step == WarmUp)
                watch.Start();
        });
        return Math.Max(1, (int)(minutes * 60 * Timed / watch.Elapsed.TotalSeconds));
    }

    private static string Identity(TrainingRequest request, LlamaConfig config, TrainingText text, Region? freeze)
    {
        string parts = JsonSerializer.Serialize(new
        {
            Settings = request.Settings with { Steps = request.Minutes is null ? request.Settings.Steps : 0 },
            request.Minutes,
            config,
            tokenizer = HashOf(request.TokenizerPath),
            text = text.Shares,
            from = request.FromFolder is { } folder ? Checkpoint.Hash(folder) : null,
            freeze = freeze?.Hash(),
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)));
    }

    private static void WriteProvenance(string folder, TrainingRequest request, Corpus[] corpora, Corpus[] heldOut, TrainingText text, Trainer trainer, Region? freeze)
    {
        object provenance = new
        {
            request.Command,
            trainer.Settings,
            Step = trainer.Optimizer.StepsTaken,
            From = request.FromFolder is { } from ? Checkpoint.Hash(from) : null,
            Frozen = freeze?.Hash(),
            TokenizerSha256 = HashOf(request.TokenizerPath),
            Corpora = request.CorpusFolders.Zip(corpora, (name, corpus) => new { Folder = name, TrainSha256 = corpus.Hash(Split.Train) }),
            HeldOut = request.HeldOutFolders.Zip(heldOut, (name, corpus) => new { Folder = name, Sha256 = corpus.Hash() }),
            request.MostTokens,
            text.DroppedLines,
            Windows = text.Windows.Count,
            Languages = text.Shares,
            trainer.TokensSeen,
            StepsPerCurvePoint,
            LossCurve = trainer.Losses.Chunk(StepsPerCurvePoint).Select(chunk => Math.Round(chunk.Average(), 4)),
            Weights = Checkpoint.Hash(folder),
        };
        AtomicFile.WriteText(Path.Combine(folder, "provenance.json"), JsonSerializer.Serialize(provenance, Indented) + "\n");
    }

    private static string HashOf(string path)
    {
        using FileStream stream = InputFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
