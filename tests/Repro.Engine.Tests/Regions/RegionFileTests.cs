using Repro.Engine.Files;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Regions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RegionFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Target => folder.File("region.safetensors");

    public void Dispose() => folder.Dispose();

    [Test]
    public void Any_tool_can_read_a_region_as_bytes_of_0_and_1_with_its_settings()
    {
        Region region = Region(1, 4);
        RegionFile.Save(Target, region, new Dictionary<string, string> { ["ratio"] = "0.3" });
        using SafetensorsFile file = SafetensorsFile.Open(Target);
        using Tensor flags = file.Read("layers.a");
        flags.shape.Should().Equal(2, 3);
        flags.bytes.ToArray().Should().Equal(0, 1, 0, 0, 1, 0);
        file.Header.Metadata.Should().Contain("ratio", "0.3").And.Contain("kind", "region").And.Contain("hash", region.Hash());
    }

    [Test]
    public void Saving_reports_the_share_of_all_weights_that_is_written()
    {
        Region region = new(
            [KeyValuePair.Create("layers.a", new RegionPart([2, 3], new Bitmask(6))),
                KeyValuePair.Create("layers.b", new RegionPart([2], new Bitmask(2)))]);
        List<double> shares = [];
        RegionFile.Save(Target, region, progress: shares.Add);
        shares.Should().Equal(0.75, 1);
    }

    [Test]
    public void A_region_without_members_survives_its_file()
    {
        RegionFile.Save(Target, Region());
        RegionFile.Load(Target).Hash().Should().Be(Region().Hash());
    }

    [Test]
    public void A_file_of_something_else_is_refused() =>
        Loading("importance", new byte[] { 0, 1 }).Should().Throw<InputException>().WithMessage($"*{Target}*not a region*");

    [Test]
    public void A_value_that_is_neither_0_nor_1_is_refused_by_its_name() =>
        Loading("region", new byte[] { 0, 1, 2 }).Should().Throw<InputException>().WithMessage("*'layers.a'*other than 0 and 1*");

    [Test]
    public void A_mask_of_another_type_is_refused_by_its_name() =>
        Loading("region", new float[] { 0, 1 }).Should().Throw<InputException>().WithMessage("*'layers.a' is F32*U8*");

    private static Region Region(params long[] members)
    {
        Bitmask mask = new(6);
        foreach (long member in members)
            mask.Add(member);
        return new Region([KeyValuePair.Create("layers.a", new RegionPart([2, 3], mask))]);
    }

    private Func<Region> Loading<T>(string kind, T[] values)
        where T : unmanaged
    {
        using Tensor stored = from_array(values);
        SafetensorsFile.Write(
            Target, new Dictionary<string, Tensor> { ["layers.a"] = stored }, new Dictionary<string, string> { ["kind"] = kind });
        return () => RegionFile.Load(Target);
    }
}
