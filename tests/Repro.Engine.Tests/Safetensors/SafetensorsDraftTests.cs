using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Safetensors;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SafetensorsDraftTests : IDisposable
{
    private static readonly TensorLayout[] Layout =
        [new("b", ScalarType.Float32, [2, 2]), new("a", ScalarType.BFloat16, [3]), new("none", ScalarType.Byte, [0])];
    private readonly TemporaryFolder folder = new();

    private string Target => folder.File("draft.safetensors");

    public void Dispose() => folder.Dispose();

    [Test]
    public void Tensors_are_written_in_any_order_read_back_and_written_again()
    {
        using SafetensorsDraft draft = SafetensorsDraft.Create(Target, Layout);
        draft.Names.Should().Equal("a", "b", "none");
        Values(draft.Read("b")).Should().Equal(0, 0, 0, 0);
        draft.Write("b", tensor(new float[] { 1, 2, 3, 4 }, [2, 2]));
        draft.Write("a", tensor(new float[] { 1, 2, 3 }).to(ScalarType.BFloat16));
        Values(draft.Read("b")).Should().Equal(1, 2, 3, 4);
        draft.Write("b", tensor(new float[] { 5, 6, 7, 8 }, [2, 2]));
        draft.Commit();
        using SafetensorsFile file = SafetensorsFile.Open(Target);
        Values(file.Read("b")).Should().Equal(5, 6, 7, 8);
        Values(file.Read("a").to(ScalarType.Float32)).Should().Equal(1, 2, 3);
    }

    [Test]
    public void Nothing_is_there_until_it_is_committed_and_nothing_stays_when_it_is_not()
    {
        using (SafetensorsDraft draft = SafetensorsDraft.Create(Target, Layout))
            File.Exists(Target).Should().BeFalse();
        folder.FileNames.Should().BeEmpty();
    }

    [Test]
    public void Its_room_is_taken_at_once()
    {
        using SafetensorsDraft draft = SafetensorsDraft.Create(Target, [new TensorLayout("a", ScalarType.Float32, [1000, 1000])]);
        new FileInfo(Path.Combine(folder.Path, folder.FileNames.Single())).Length.Should().BeGreaterThan(4_000_000);
    }

    [Test]
    public void More_than_the_disk_holds_is_refused_before_anything_is_written()
    {
        FluentActions.Invoking(() => SafetensorsDraft.Create(Target, [new TensorLayout("a", ScalarType.Float32, [1L << 50])]))
            .Should().Throw<IOException>();
        folder.FileNames.Should().BeEmpty();
    }

    [TestCase(0)]
    [TestCase(11)]
    public void One_changed_byte_breaks_the_seal(int at)
    {
        using (SafetensorsDraft draft = SafetensorsDraft.Create(Target, Layout, isSealed: true))
        {
            draft.Write("b", tensor(new float[] { 1, 2, 3, 4 }, [2, 2]));
            draft.Commit();
        }

        Intact().Should().BeTrue();
        byte[] bytes = File.ReadAllBytes(Target);
        bytes[bytes.Length - 1 - at] ^= 1;
        File.WriteAllBytes(Target, bytes);
        Intact().Should().BeFalse();
    }

    [Test]
    public void One_changed_byte_anywhere_breaks_the_seal_or_the_file()
    {
        using (SafetensorsDraft draft = SafetensorsDraft.Create(
            Target, Layout, new Dictionary<string, string> { ["documents"] = "6" }, isSealed: true))
            draft.Commit();
        byte[] sound = File.ReadAllBytes(Target);
        for (int at = 0; at < sound.Length; at++)
        {
            File.WriteAllBytes(Target, [.. sound[..at], (byte)(sound[at] ^ 1), .. sound[(at + 1)..]]);
            try
            {
                Intact().Should().BeFalse($"byte {at} is another");
            }
            catch (InputException)
            {
                // It is not even a safetensors file any more.
            }
        }
    }

    [Test]
    public void A_file_without_a_seal_is_not_taken_for_intact()
    {
        using (SafetensorsDraft draft = SafetensorsDraft.Create(Target, Layout))
            draft.Commit();
        Intact().Should().BeFalse();
    }

    [Test]
    public void Another_shape_or_type_than_was_laid_out_is_refused()
    {
        using SafetensorsDraft draft = SafetensorsDraft.Create(Target, Layout);
        FluentActions.Invoking(() => draft.Write("b", zeros(4))).Should().Throw<ArgumentException>().WithMessage("*'b'*[2, 2]*[4]*");
        FluentActions.Invoking(() => draft.Write("b", zeros(2, 2, dtype: ScalarType.Float64))).Should().Throw<ArgumentException>();
    }

    private bool Intact()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Target);
        return file.IsIntact();
    }

    private static float[] Values(Tensor tensor) => [.. tensor.data<float>()];
}
