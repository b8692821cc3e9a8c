using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>A tiny model's folder to damage.</summary>
internal sealed class SavedCheckpoint : IDisposable
{
    public const string Index = "model.safetensors.index.json";

    private readonly TestFolder folder = new();

    public SavedCheckpoint(bool tied = false, long? maxShardBytes = null)
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config(tied: tied));
        Checkpoint.Save(folder.Root, model, maxShardBytes: maxShardBytes);
    }

    public string Root => folder.Root;

    public string this[string name] => folder[name];

    public string[] FileNames => folder.FileNames;

    public void EditJson(string file, Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(folder[file]))!.AsObject();
        edit(json);
        File.WriteAllText(folder[file], json.ToJsonString());
    }

    public void EditConfig(Action<JsonObject> edit) => EditJson("config.json", edit);

    public void EditWeights(Action<Dictionary<string, Tensor>> edit)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = [];
        using (SafetensorsFile file = SafetensorsFile.Open(folder["model.safetensors"]))
        {
            foreach (string name in file.Header.Tensors.Keys)
                tensors.Add(name, file.Read(name));
        }

        edit(tensors);
        SafetensorsFile.Write(folder["model.safetensors"], tensors);
    }

    public Action Loading => () => Checkpoint.Load(folder.Root).Dispose();

    public void Dispose() => folder.Dispose();
}
