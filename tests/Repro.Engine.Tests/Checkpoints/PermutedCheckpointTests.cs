using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Checkpoints;

public sealed class PermutedCheckpointTests
{
    [Test]
    public void Every_tensor_keeps_its_values_and_every_matrix_loses_their_order()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        Dictionary<string, float[]> before = model.Values();
        PermutedCheckpoint.Permute(model, 5);
        foreach ((string name, float[] values) in model.Values())
        {
            values.Order().Should().Equal(before[name].Order(), name);
            if (model.Parameters[name].dim() == 2)
                values.Should().NotEqual(before[name], name);
        }
    }

    [Test]
    public void A_seed_gives_its_own_order_in_memory_as_in_files()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            using LlamaModel model = TinyModels.Random(TinyModels.Config());
            PermutedCheckpoint.Write(folder, model, 5);
            using LlamaModel written = Checkpoint.Load(folder);
            const string Name = "model.layers.0.mlp.up_proj.weight";
            written.Values(Name).Should().NotEqual(model.Values(Name), "writing changes nothing in memory");
            PermutedCheckpoint.Permute(model, 5);
            foreach ((string name, float[] values) in model.Values())
                written.Values(name).Should().Equal(values, name);
            PermutedCheckpoint.Permute(model, 6);
            written.Values(Name).Should().NotEqual(model.Values(Name));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
