using System.Text;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using Repro.Engine.Training;
using Repro.Fuzz.Tests.Inputs;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>What is kept as safetensors: any tensors, importance, regions, sums and a training run.</summary>
internal static class TensorTargets
{
    private const string Identity = "a run";
    private static readonly TrainingSettings Settings = new() { Steps = 4, BatchSize = 1 };

    public static FuzzTarget Safetensors()
    {
        byte[] small = SafetensorsInputs.Join(
            Encoding.UTF8.GetBytes("""{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]},"none":{"dtype":"I64","shape":[3,0],"data_offsets":[32,32]},"scalar":{"dtype":"F64","shape":[],"data_offsets":[32,40]}}"""),
            new byte[40]);
        return Make("safetensors", "any.safetensors", [small, Sums()], ReadAll);
    }

    public static FuzzTarget ImportanceMap() => Make("importance-map", "map.safetensors", [Map()], path =>
    {
        using ImportanceMap map = Engine.Importance.ImportanceMap.Load(path);
        foreach (string name in map.Shapes.Keys)
            map.Values(name);
        Region region = RegionSelection.Top(map, 0.1);
        region.Hash();
    });

    public static FuzzTarget Region() => Make("region", "region.safetensors", [RegionOfBits(), RegionOfBytes()], path => RegionFile.Load(path).Hash());

    public static FuzzTarget GradientSums()
    {
        return Make("gradient-sums", "sums.safetensors", [Sums()], path =>
        {
            using GradientSums sums = Engine.Importance.GradientSums.Of(SafetensorsFile.Open(path));
        });
    }

    public static FuzzTarget Snapshot()
    {
        LlamaModel model = SmallModel.Load();
        byte[] valid = SmallModel.InFolder(folder =>
        {
            string path = Path.Combine(folder, "snapshot");
            using Trainer trainer = new(model, SmallModel.Documents, Settings);
            trainer.Run();
            new TrainingSnapshot(path, Identity, 1).Save(trainer);
            return File.ReadAllBytes(path);
        });
        return Make("training-snapshot", "snapshot.safetensors", [valid], path =>
        {
            TrainingSnapshot snapshot = new(path, Identity, 1);
            using Trainer trainer = new(model, SmallModel.Documents, Settings);
            snapshot.TryRestore(trainer).Should().BeTrue();
            snapshot.StepsTaken().Should().Be(snapshot.PlannedSteps());
            trainer.Losses.Should().HaveCount(Settings.Steps);
        });
    }

    /// <summary>A sealed file of gradient sums.</summary>
    public static byte[] Sums(IReadOnlyDictionary<string, string>? metadata = null)
    {
        using LlamaModel model = SmallModel.Load();
        return SmallModel.InFolder(folder =>
        {
            string path = Path.Combine(folder, "sums");
            using GradientSums sums = Engine.Importance.GradientSums.Over(model, SmallModel.Documents, new GradientPass(1, ImportanceReading.Signed));
            sums.Save(path, metadata ?? new Dictionary<string, string>(), model.Config);
            return File.ReadAllBytes(path);
        });
    }

    private static byte[] Map()
    {
        using LlamaModel model = SmallModel.Load();
        return SmallModel.InFolder(folder =>
        {
            string path = Path.Combine(folder, "map");
            using GradientSums sums = Engine.Importance.GradientSums.Over(model, SmallModel.Documents, new GradientPass(1, ImportanceReading.Signed));
            using ImportanceMap map = sums.ToMap(model);
            map.Save(path);
            return File.ReadAllBytes(path);
        });
    }

    private static byte[] RegionOfBytes() => SmallModel.InFolder(folder =>
    {
        string path = Path.Combine(folder, "region");
        using Tensor flags = tensor(new byte[] { 0, 1, 0, 0, 1, 0 }, [2, 3]);
        SafetensorsFile.Write(path, new Dictionary<string, Tensor> { ["a"] = flags }, new Dictionary<string, string> { ["kind"] = "region" });
        return File.ReadAllBytes(path);
    });

    private static byte[] RegionOfBits() => SmallModel.InFolder(folder =>
    {
        string path = Path.Combine(folder, "region");
        Bitmask mask = new(24);
        mask.Add(3);
        RegionFile.Save(path, new Region([KeyValuePair.Create("a", new RegionPart([4, 6], mask)), KeyValuePair.Create("b", new RegionPart([5], new Bitmask(5)))]));
        return File.ReadAllBytes(path);
    });

    private static void ReadAll(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        file.IsIntact();
        foreach (string name in file.Header.Tensors.Keys)
        {
            using Tensor tensor = file.Read(name);
            using Tensor sum = tensor.to(ScalarType.Float64).sum();
            sum.ToDouble();
        }
    }

    private static FuzzTarget Make(string name, string file, IReadOnlyList<byte[]> valid, Action<string> read) => new(name, file, valid, SafetensorsInputs.OneThingWrong(valid), folder =>
    {
        using DisposeScope scope = NewDisposeScope();
        read(Path.Combine(folder, file));
        return null;
    });
}
