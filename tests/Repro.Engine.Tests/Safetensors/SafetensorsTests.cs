using System.Buffers.Binary;
using System.Text;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Safetensors;

/// <summary>Hostile files are refused with the file's name and a reason, before anything is allocated for their tensors.</summary>
public sealed class SafetensorsTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, Description = "length does not fit the shape")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, Description = "bytes that no tensor owns")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, Description = "beyond the end")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, Description = "a gap")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6,
        Description = "an overlap")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        Description = "a name twice")]
    [TestCase("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, Description = "an unknown type")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, Description = "a negative size")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, Description = "an overflowing size")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, Description = "a negative offset")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, Description = "offsets the wrong way round")]
    [TestCase("""{"a":{"dtype":"F32","shape":"x","data_offsets":[0,4]}}""", 4, Description = "a shape that is none")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1]}}""", 4, Description = "no offsets")]
    [TestCase("""{"a":5}""", 0, Description = "a tensor that is none")]
    [TestCase("[1]", 0, Description = "no object")]
    [TestCase("{", 0, Description = "broken JSON")]
    public void A_bad_header_is_refused(string header, int dataLength) =>
        MustRefuse(Bytes((ulong)Encoding.UTF8.GetByteCount(header), header, dataLength));

    [TestCase(ulong.MaxValue)]
    [TestCase(1UL << 62)]
    [TestCase(200_000_000UL)]
    [TestCase(3UL)]
    public void A_wrong_header_length_is_refused(ulong length) =>
        MustRefuse(Bytes(length, """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4));

    [Test]
    public void Every_truncation_of_a_valid_file_is_refused()
    {
        string path = Path.Combine(folder, "whole.safetensors");
        using (Tensor values = arange(6, ScalarType.Float32))
            SafetensorsFile.Write(path, new Dictionary<string, Tensor> { ["a"] = values });
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
            MustRefuse(whole[..length]);
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float16)]
    [TestCase(ScalarType.BFloat16)]
    [TestCase(ScalarType.Byte)]
    public void Tensors_survive_their_file(ScalarType type)
    {
        string path = Path.Combine(folder, "whole.safetensors");
        using Tensor values = arange(6, ScalarType.Float32).reshape(2, 3).to(type);
        SafetensorsFile.Write(path, new Dictionary<string, Tensor> { ["a"] = values }, new Dictionary<string, string> { ["k"] = "v" });
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using Tensor read = file.Read("a");
        read.dtype.Should().Be(type);
        read.shape.Should().Equal(2, 3);
        read.bytes.ToArray().Should().Equal(values.bytes.ToArray());
        file.Header.Metadata["k"].Should().Be("v");
    }

    [Test]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string path = Path.Combine(folder, "kept.txt");
        AtomicFile.WriteText(path, "old");
        FluentActions.Invoking(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("full");
        })).Should().Throw<IOException>();
        File.ReadAllText(path).Should().Be("old");
        Directory.EnumerateFiles(folder).Should().ContainSingle();
    }

    private static byte[] Bytes(ulong declared, string header, int dataLength)
    {
        byte[] bytes = new byte[8 + Encoding.UTF8.GetByteCount(header) + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, declared);
        Encoding.UTF8.GetBytes(header).CopyTo(bytes, 8);
        return bytes;
    }

    private void MustRefuse(byte[] bytes)
    {
        string path = Path.Combine(folder, "bad.safetensors");
        File.WriteAllBytes(path, bytes);
        FluentActions.Invoking(() => SafetensorsFile.Open(path)).Should().Throw<InputException>().WithMessage("*bad.safetensors*");
    }
}
