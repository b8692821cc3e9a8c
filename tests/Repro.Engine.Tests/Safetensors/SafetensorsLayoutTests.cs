using System.Runtime.InteropServices;
using System.Text;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Safetensors;

/// <summary>The bytes of tensors in a file, against patterns of IEEE 754 and bfloat16 worked out by hand.</summary>
public sealed class SafetensorsLayoutTests
{
    // 1.5 and −2: sign, exponent and mantissa of each format, little-endian.
    [TestCase(ScalarType.Float32, "F32", "0000C03F000000C0")]
    [TestCase(ScalarType.Float16, "F16", "003E00C0")]
    [TestCase(ScalarType.BFloat16, "BF16", "C03F00C0")]
    [TestCase(ScalarType.Byte, "U8", "01FE")]
    public void A_written_file_has_exactly_the_bytes_of_the_format(ScalarType type, string dtype, string data)
    {
        using TemporaryFolder folder = new();
        using Tensor values = (type == ScalarType.Byte ? tensor(new[] { 1f, 254f }) : tensor(new[] { 1.5f, -2f })).to(type);
        SafetensorsFile.Write(folder.File("w"), new Dictionary<string, Tensor> { ["a"] = values });

        string json = $$$"""{"a":{"dtype":"{{{dtype}}}","shape":[2],"data_offsets":[0,{{{data.Length / 2}}}]}}""";
        string padded = json.PadRight((json.Length + 7) / 8 * 8);
        File.ReadAllBytes(folder.File("w"))
            .Should().Equal(HandMadeSafetensors.Bytes(Encoding.ASCII.GetBytes(padded), Convert.FromHexString(data)));
    }

    // Infinities, quiet NaNs with a payload, negative zero, the least subnormal, the greatest number.
    [TestCase("F32", ScalarType.Float32, "0000807F000080FF0100C07F0000008001000000FFFF7F7F")]
    [TestCase("F16", ScalarType.Float16, "007C00FC017E00800100FF7B")]
    [TestCase("BF16", ScalarType.BFloat16, "807F80FFC17F008001007F7F")]
    public void Every_bit_survives_reading_and_writing(string dtype, ScalarType type, string data)
    {
        using TemporaryFolder folder = new();
        byte[] bits = Convert.FromHexString(data);
        File.WriteAllBytes(
            folder.File("in"),
                HandMadeSafetensors.Bytes($$$"""{"x":{"dtype":"{{{dtype}}}","shape":[2,3],"data_offsets":[0,{{{bits.Length}}}]}}""", bits));

        using SafetensorsFile file = SafetensorsFile.Open(folder.File("in"));
        using Tensor read = file.Read("x");
        read.dtype.Should().Be(type);
        read.shape.Should().Equal(2, 3);
        read.bytes.ToArray().Should().Equal(bits);

        SafetensorsFile.Write(folder.File("out"), new Dictionary<string, Tensor> { ["x"] = read });
        File.ReadAllBytes(folder.File("out"))[^bits.Length..].Should().Equal(bits);
    }

    [Test]
    public void Tensors_are_laid_out_by_name_whatever_the_order_they_come_in()
    {
        using TemporaryFolder folder = new();
        using Tensor first = tensor(new byte[] { 1 });
        using Tensor second = tensor(new byte[] { 2, 3 });
        SafetensorsFile.Write(folder.File("one"), new Dictionary<string, Tensor> { ["b"] = first, ["B"] = second });
        SafetensorsFile.Write(folder.File("two"), new Dictionary<string, Tensor> { ["B"] = second, ["b"] = first });

        byte[] bytes = File.ReadAllBytes(folder.File("one"));
        bytes[^3..].Should().Equal(2, 3, 1);
        File.ReadAllBytes(folder.File("two")).Should().Equal(bytes);
    }

    [Test]
    public void A_transposed_view_is_written_in_its_own_order()
    {
        using TemporaryFolder folder = new();
        using Tensor rows = tensor(new byte[] { 1, 2, 3, 4, 5, 6 }).reshape(2, 3);
        SafetensorsFile.Write(folder.File("w"), new Dictionary<string, Tensor> { ["t"] = rows.t() });
        File.ReadAllBytes(folder.File("w"))[^6..].Should().Equal(1, 4, 2, 5, 3, 6);
    }

    [Test]
    public void Empty_and_dimensionless_tensors_survive()
    {
        using TemporaryFolder folder = new();
        using Tensor none = zeros(0, 4);
        using Tensor single = tensor(2.5f);
        SafetensorsFile.Write(folder.File("w"), new Dictionary<string, Tensor> { ["none"] = none, ["single"] = single });

        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));
        using Tensor readNone = file.Read("none");
        using Tensor readSingle = file.Read("single");
        readNone.shape.Should().Equal(0, 4);
        readSingle.shape.Should().BeEmpty();
        MemoryMarshal.Read<float>(readSingle.bytes).Should().Be(2.5f);
    }

    [Test]
    public void Metadata_survives_in_any_script()
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> metadata = new() { ["язык"] = "русский \"\\\n\U0001F600", ["format"] = "pt" };
        SafetensorsFile.Write(folder.File("w"), new Dictionary<string, Tensor>(), metadata);
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));
        file.Header.Metadata.Should().Equal(metadata);
    }

    [Test]
    public void A_name_that_is_not_there_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("w"), HandMadeSafetensors.Bytes("{}"));
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));
        Action read = () => file.Read("b").Dispose();
        read.Should().ThrowExactly<InputException>().WithMessage($"{folder.File("w")} has no tensor 'b'*");
    }

    [Test]
    public void A_dtype_torch_lacks_is_refused_when_its_tensor_is_read()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("w"), HandMadeSafetensors.Bytes("""{"u":{"dtype":"U16","shape":[1],"data_offsets":[0,2]}}""", 1, 2));
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));
        Action read = () => file.Read("u").Dispose();
        read.Should().ThrowExactly<InputException>().WithMessage("*'U16'*");
    }

    [Test]
    public void A_missing_file_and_a_folder_are_refused_by_name()
    {
        using TemporaryFolder folder = new();
        Action missing = () => SafetensorsFile.Open(folder.File("gone")).Dispose();
        Action directory = () => SafetensorsFile.Open(folder.Path).Dispose();
        missing.Should().ThrowExactly<InputException>().WithMessage($"{folder.File("gone")} can't be read*");
        directory.Should().ThrowExactly<InputException>().WithMessage($"{folder.Path} can't be read*");
    }
}
