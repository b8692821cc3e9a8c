using System.Text;
using Repro.Engine.Importance;
using Repro.Fuzz.Tests.Inputs;
using Repro.Harness.Store;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>What a run keeps for later ones; besides being accepted or refused, nothing changed may be taken for what was kept.</summary>
internal static class StoreTargets
{
    private const string Key = "everything it depends on";

    private static readonly int[] Numbers = [1, 2, 3];

    public static FuzzTarget Artifact()
    {
        byte[] valid = [];
        string file = SmallModel.InFolder(folder =>
        {
            (string path, IReadOnlyDictionary<string, string> metadata) = new ArtifactStore(folder, _ => { }).PlaceOf(Key);
            valid = TensorTargets.Sums(metadata);
            return Path.GetRelativePath(folder, path);
        });
        return new FuzzTarget("artifact", file, [valid], SafetensorsInputs.OneThingWrong(valid), folder =>
        {
            string? said = null;
            string path = Path.Combine(folder, file);
            byte[] found = File.ReadAllBytes(path);
            using (GradientSums sums = GradientSums.Of(new ArtifactStore(folder, sentence => said = sentence).Get(Key, (place, _) => File.WriteAllBytes(place, valid))))
                File.ReadAllBytes(path).Should().Equal(valid, "a damaged artifact is made again, and a changed one is damaged");
            found.SequenceEqual(valid).Should().Be(said is null);
            return said;
        })
        {
            MayRepair = true,
        };
    }

    public static FuzzTarget Result()
    {
        string file = "";
        string valid = SmallModel.InFolder(folder =>
        {
            new ResultStore(folder).Keep(Key, new Kept("a name", Numbers, double.NaN));
            string path = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Single();
            file = Path.GetRelativePath(folder, path);
            return File.ReadAllText(path);
        });
        return new FuzzTarget("kept-result", file, [Encoding.UTF8.GetBytes(valid)], JsonInputs.OneThingWrong(valid), folder =>
        {
            // A damaged one counts as absent.
            if (new ResultStore(folder).Find<Kept>(Key) is not { } kept)
                return $"{folder} has no such result.";
            kept.Name.Should().Be("a name");
            kept.Numbers.Should().Equal(Numbers);
            return null;
        });
    }

    private sealed record Kept(string Name, int[] Numbers, double Value);
}
