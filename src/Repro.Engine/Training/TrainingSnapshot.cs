using System.Globalization;
using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;
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
    public void SaveWhereDue(LlamaModel model, Trainer trainer)
    {
        if (trainer.Optimizer.StepsTaken % stepsBetween == 0 && trainer.Optimizer.StepsTaken < trainer.Settings.Steps)
            Save(model, trainer);
    }

    /// <summary>Saves weights, optimizer state and the loss curve.</summary>
    public void Save(LlamaModel model, Trainer trainer)
    {
        Dictionary<string, Tensor> tensors = new(trainer.Optimizer.State(), StringComparer.Ordinal);
        foreach ((string name, Tensor weight) in model.Parameters.Select(p => (p.Key, (Tensor)p.Value)))
            tensors.Add($"weight.{name}", weight);
        Dictionary<string, string> metadata = new()
        {
            ["identity"] = identity,
            ["steps"] = trainer.Optimizer.StepsTaken.ToString(CultureInfo.InvariantCulture),
            ["planned"] = trainer.Settings.Steps.ToString(CultureInfo.InvariantCulture),
            ["tokens"] = trainer.TokensSeen.ToString(CultureInfo.InvariantCulture),
            ["losses"] = JsonSerializer.Serialize(trainer.Losses),
        };
        using SafetensorsDraft draft = SafetensorsDraft.Create(path, tensors.Select(t => new TensorLayout(t.Key, t.Value.dtype, t.Value.shape)), metadata, isSealed: true);
        foreach ((string name, Tensor tensor) in tensors)
            draft.Write(name, tensor);
        draft.Commit();
    }

    /// <summary>Restores a run, where a snapshot exists.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InputException">The snapshot belongs to another run or is damaged.</exception>
    public bool TryRestore(LlamaModel model, Trainer trainer)
    {
        if (!File.Exists(path))
            return false;
        using SafetensorsFile file = OpenOwn();
        IReadOnlyDictionary<string, string> metadata = file.Header.Metadata;
        foreach (string name in model.Parameters.Keys)
        {
            using Tensor saved = file.Read($"weight.{name}");
            model.Parameters.Set(name, saved);
        }

        trainer.Optimizer.Restore(file, int.Parse(metadata["steps"], CultureInfo.InvariantCulture));
        trainer.TokensSeen = long.Parse(metadata["tokens"], CultureInfo.InvariantCulture);
        trainer.Losses.AddRange(JsonSerializer.Deserialize<double[]>(metadata["losses"])!);
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
