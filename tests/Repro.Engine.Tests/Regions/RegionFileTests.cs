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
    public void Any_tool_can_read_a_region_as_bits_with_its_settings()
    {
        Region region = Region([3, 3], 1, 4, 8);
        RegionFile.Save(Target, region, new Dictionary<string, string> { ["ratio"] = "0.3" });
        using SafetensorsFile file = SafetensorsFile.Open(Target);
        using Tensor bits = file.Read("layers.a");
        bits.bytes.ToArray().Should().Equal(0b0001_0010, 0b1);
        file.Header.Metadata.Should().Contain("ratio", "0.3").And.Contain("kind", "region bits").And.Contain("version", "1")
            .And.Contain("shape of layers.a", "3,3").And.Contain("hash", region.Hash());
    }

    [Test]
    public void A_region_of_bytes_as_older_versions_wrote_it_is_the_same_region()
    {
        Region old = Loading("region", new byte[] { 0, 1, 0, 0, 1, 0 })();
        old.Hash().Should().Be(Region([6], 1, 4).Hash());
    }

    [Test]
    public void A_byte_that_was_changed_on_the_disk_is_found()
    {
        RegionFile.Save(Target, Region([3, 3], 1, 4));
        byte[] bytes = File.ReadAllBytes(Target);
        bytes[^2] ^= 1;
        File.WriteAllBytes(Target, bytes);
        Loading().Should().Throw<InputException>().WithMessage($"{Target} differs from what was written*repro region*");
    }

    [Test]
    public void Another_tools_region_of_bits_needs_no_checksum()
    {
        StoreBits([0b0001_0010, 0b1], "3,3");
        Loading()().Hash().Should().Be(Region([3, 3], 1, 4, 8).Hash());
    }

    [TestCase("3,4", 2, "*'layers.a' has bits after its last weight*", 0b1111_0000)]
    [TestCase("3,3", 3, "*'layers.a' does not hold one bit for each weight*", 0)]
    [TestCase("3,6", 2, "*'layers.a' does not hold one bit for each weight*", 0)]
    [TestCase("3,-3", 2, "*'layers.a' does not hold one bit for each weight*", 0)]
    [TestCase("three", 2, "*'layers.a' does not hold one bit for each weight*", 0)]
    [TestCase("", 2, "*'layers.a' does not hold one bit for each weight*", 0)]
    [TestCase("4294967296,4294967296", 2, "*'layers.a' does not hold one bit for each weight*", 0)]
    public void Bits_that_do_not_fit_their_shape_are_refused_by_their_name(string shape, int bytes, string message, int last)
    {
        byte[] stored = new byte[bytes];
        stored[^1] = (byte)last;
        StoreBits(stored, shape);
        Loading().Should().Throw<InputException>().WithMessage(message);
    }

    [Test]
    public void A_tensor_without_its_shape_or_a_shape_without_its_tensor_is_refused()
    {
        StoreBits([1], "8", named: "layers.b");
        Loading().Should().Throw<InputException>().WithMessage("*states the shape of layers.b and does not hold it*");
    }

    [TestCase("2")]
    [TestCase(null)]
    public void A_version_that_is_not_known_is_refused(string? version)
    {
        StoreBits([1], "8", version);
        Loading().Should().Throw<InputException>().WithMessage($"{Target}*version*");
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
        RegionFile.Save(Target, Region([2, 3]));
        RegionFile.Load(Target).Hash().Should().Be(Region([2, 3]).Hash());
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

    private static Region Region(long[] shape, params long[] members)
    {
        Bitmask mask = new(shape.Aggregate((a, b) => a * b));
        foreach (long member in members)
            mask.Add(member);
        return new Region([KeyValuePair.Create("layers.a", new RegionPart(shape, mask))]);
    }

    private void StoreBits(byte[] bytes, string shape, string? version = "1", string named = "layers.a")
    {
        using Tensor stored = from_array(bytes);
        Dictionary<string, string> metadata = new() { ["kind"] = "region bits", [$"shape of {named}"] = shape };
        if (version is not null)
            metadata["version"] = version;
        SafetensorsFile.Write(Target, new Dictionary<string, Tensor> { ["layers.a"] = stored }, metadata);
    }

    private Func<Region> Loading() => () => RegionFile.Load(Target);

    private Func<Region> Loading<T>(string kind, T[] values)
        where T : unmanaged
    {
        using Tensor stored = from_array(values);
        SafetensorsFile.Write(
            Target, new Dictionary<string, Tensor> { ["layers.a"] = stored }, new Dictionary<string, string> { ["kind"] = kind });
        return Loading();
    }
}
