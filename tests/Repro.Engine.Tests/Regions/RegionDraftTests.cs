using Repro.Engine.Regions;
using Repro.Engine.Safetensors;

namespace Repro.Engine.Tests.Regions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RegionDraftTests : IDisposable
{
    // Sizes around a word of 64 bits.
    private static readonly (string Name, long[] Shape)[] Shapes =
        [("model.layers.0.mlp.down_proj.weight", [7, 9]), ("model.layers.0.mlp.gate_proj.weight", [8, 8]), ("model.layers.0.post_attention_layernorm.weight", [65]), ("model.layers.0.self_attn.q_proj.weight", [3, 43])];

    private readonly TemporaryFolder folder = new();

    private string Target => folder.File("bits.safetensors");

    public void Dispose() => folder.Dispose();

    [TestCase(0)]
    [TestCase(0.3)]
    [TestCase(1)]
    public void A_region_survives_its_file_of_bits(double ratio)
    {
        Region region = RegionSelection.Random(Shapes, ratio, 5);
        Write(region);
        using SafetensorsFile file = SafetensorsFile.Open(Target);
        Region read = RegionFile.Read(file);
        read.Hash().Should().Be(region.Hash());
        read.Parts.Values.Select(p => p.Shape).Should().BeEquivalentTo(Shapes.Select(s => s.Shape), o => o.WithStrictOrdering());
        file.Header.Metadata["made"].Should().Be("by hand");
    }

    [Test]
    public void A_bit_that_was_flipped_on_the_disk_is_found()
    {
        Write(RegionSelection.Random(Shapes, 0.3, 5));
        using (SafetensorsFile whole = SafetensorsFile.Open(Target))
            whole.IsIntact().Should().BeTrue();
        byte[] bytes = File.ReadAllBytes(Target);
        bytes[^1] ^= 1;
        File.WriteAllBytes(Target, bytes);
        using SafetensorsFile damaged = SafetensorsFile.Open(Target);
        damaged.IsIntact().Should().BeFalse();
    }

    [Test]
    public void It_takes_an_eighth_of_a_byte_an_element()
    {
        Write(RegionSelection.Random(Shapes, 0.5, 5));
        using SafetensorsFile file = SafetensorsFile.Open(Target);
        file.Header.Tensors.Values.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => t.Shape.Single()).Should().Equal(8, 8, 9, 17);
    }

    [Test]
    public void A_part_that_was_not_written_is_empty()
    {
        using (RegionDraft draft = new(Target, Shapes, new Dictionary<string, string>()))
            draft.Commit();
        using SafetensorsFile file = SafetensorsFile.Open(Target);
        Region read = RegionFile.Read(file);
        read.Count.Should().Be(0);
        read.Population.Should().Be(63 + 64 + 65 + 129);
    }

    [Test]
    public void A_draft_that_is_not_committed_leaves_nothing()
    {
        using (RegionDraft draft = new(Target, Shapes, new Dictionary<string, string>()))
            folder.FileNames.Should().NotBeEmpty();
        folder.FileNames.Should().BeEmpty();
    }

    private void Write(Region region)
    {
        using RegionDraft draft = new(Target, Shapes, new Dictionary<string, string> { ["made"] = "by hand" });
        foreach ((string name, RegionPart part) in region.Parts)
            draft.Write(name, part.Mask);
        draft.Commit();
    }
}
