using System.Globalization;
using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>A training run on disk, from which it goes on after a kill with the same numbers as an uninterrupted one.</summary>
/// <param name="path">The snapshot's file; replaced atomically.</param>
/// <param name="identity">What the run is made of (settings, shape, data); a snapshot of another run is refused.</param>
/// <param name="stepsBetween">Steps from one snapshot of a run to the next.</param>
public sealed class TrainingSnapshot(string path, string identity, int stepsBetween)
{
    /// <summary>Saves the run where a snapshot is due after its last step.</summary>
    public void SaveWhereDue(Trainer trainer) => SaveWhereDue(trainer.State);

    /// <summary>Saves weights, optimizer state and the loss curve.</summary>
    public void Save(Trainer trainer) => Save(trainer.State);

    /// <summary>Restores a run, where a snapshot exists.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InputException">The snapshot belongs to another run or is damaged.</exception>
    public bool TryRestore(Trainer trainer) => TryRestore(trainer.State);

    /// <inheritdoc cref="SaveWhereDue(Trainer)"/>
    internal void SaveWhereDue(TrainingState run)
    {
        if (run.Optimizer.StepsTaken % stepsBetween == 0 && run.Optimizer.StepsTaken < run.LastStep)
            Save(run);
    }

    /// <inheritdoc cref="Save(Trainer)"/>
    internal void Save(TrainingState run)
    {
        Dictionary<string, Tensor> tensors = new(run.Optimizer.State(), StringComparer.Ordinal);
        foreach ((string name, Tensor weight) in run.Weights)
            tensors.Add($"weight.{name}", weight);
        Dictionary<string, string> metadata = new()
        {
            ["identity"] = identity,
            ["steps"] = run.Optimizer.StepsTaken.ToString(CultureInfo.InvariantCulture),
            ["planned"] = run.Settings.Steps.ToString(CultureInfo.InvariantCulture),
            ["tokens"] = run.TokensSeen.ToString(CultureInfo.InvariantCulture),
            ["losses"] = JsonSerializer.Serialize(run.Losses),
        };
        using SafetensorsDraft draft = SafetensorsDraft.Create(path, tensors.Select(t => new TensorLayout(t.Key, t.Value.dtype, t.Value.shape)), metadata, isSealed: true);
        foreach ((string name, Tensor tensor) in tensors)
            draft.Write(name, tensor);
        draft.Commit();
    }

    /// <inheritdoc cref="TryRestore(Trainer)"/>
    internal bool TryRestore(TrainingState run)
    {
        if (!File.Exists(path))
            return false;
        using SafetensorsFile file = OpenOwn();
        using IDisposable noGradient = no_grad();
        IReadOnlyDictionary<string, string> metadata = file.Header.Metadata;
        foreach ((string name, Tensor weight) in run.Weights)
        {
            using Tensor saved = file.Read($"weight.{name}");
            weight.copy_(saved);
        }

        run.Optimizer.Restore(file, int.Parse(metadata["steps"], CultureInfo.InvariantCulture));
        run.TokensSeen = long.Parse(metadata["tokens"], CultureInfo.InvariantCulture);
        run.Losses.AddRange(JsonSerializer.Deserialize<double[]>(metadata["losses"])!);
        return true;
    }

    /// <summary>Steps of the whole run, where a snapshot exists.</summary>
    /// <exception cref="InputException">The snapshot belongs to another run or is damaged.</exception>
    public int? PlannedSteps() => Number("planned");

    /// <summary>Steps that were taken, where a snapshot exists.</summary>
    /// <exception cref="InputException">The snapshot belongs to another run or is damaged.</exception>
    public int? StepsTaken() => Number("steps");

    /// <summary>Removes the snapshot of a finished run.</summary>
    public void Remove() => File.Delete(path);

    private SafetensorsFile OpenOwn()
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        bool isOwn = file.Header.Metadata.GetValueOrDefault("identity") == identity;
        if (isOwn && file.IsIntact())
            return file;
        file.Dispose();
        throw new InputException(isOwn
            ? $"{path} is a damaged snapshot; remove it to begin anew."
            : $"{path} is the snapshot of a run with other settings or data; remove it to begin anew, or choose another output folder.");
    }

    private int? Number(string entry)
    {
        if (!File.Exists(path))
            return null;
        using SafetensorsFile file = OpenOwn();
        return int.Parse(file.Header.Metadata[entry], CultureInfo.InvariantCulture);
    }
}
