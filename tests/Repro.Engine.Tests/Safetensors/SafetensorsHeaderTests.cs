using System.Text;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using Repro.Engine.Seeds;

namespace Repro.Engine.Tests.Safetensors;

/// <summary>What a header may say, and the reason given where it may not.</summary>
public sealed class SafetensorsHeaderTests
{
    private const string One = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";

    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'a' needs 8 bytes and its offsets hold 4")]
    [TestCase("""{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,4]}}""", 4, "'a' needs 2 bytes and its offsets hold 4")]
    [TestCase(One, 5, "end at byte 66 and the file at 67")]
    [TestCase(One, 3, "end at byte 66 and the file at 65")]
    [TestCase("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "'a' leaves a gap")]
    [TestCase("""{"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 3, "'b' overlaps")]
    [TestCase("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "'a' is listed twice")]
    [TestCase("""{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype 'f32'")]
    [TestCase("""{"a":{"dtype":5,"shape":[1],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [TestCase("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}""", 1, "'a' lacks")]
    [TestCase("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}}""", 1, "'a' lacks")]
    [TestCase("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1, "not a whole number")]
    [TestCase("""{"a":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}""", 1, "not a whole number")]
    [TestCase("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,9223372036854775808]}}""", 1, "not a whole number")]
    [TestCase("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[9223372036854775806,9223372036854775807]}}""", 1, "'a' overflows")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2305843009213693952],"data_offsets":[0,0]}}""", 0, "'a' overflows")]
    [TestCase("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "'a' overflows")]
    [TestCase("""{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]}}""", 1, "more than 8 dimensions")]
    [TestCase("""{"__metadata__":[]}""", 0, "__metadata__")]
    [TestCase("""{"__metadata__":{"epoch":3}}""", 0, "'epoch'")]
    [TestCase("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "'k'")]
    [TestCase("null", 0, "not a JSON object")]
    [TestCase("", 0, "not valid JSON")]
    [TestCase("{},", 0, "not valid JSON")]
    [TestCase("""{"a":[[[[[[[[[]]]]]]]]]}""", 0, "not valid JSON")]
    public void A_bad_header_is_refused_with_its_reason(string header, int dataLength, string reason)
    {
        byte[] bytes = HandMadeSafetensors.Bytes(header, new byte[dataLength]);
        Reading(bytes).Should().ThrowExactly<InputException>().WithMessage($"w.safetensors is not a valid safetensors file: *{reason}*");
    }

    [TestCase("""{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1)]
    [TestCase("""{"a":{"dtype":"\udc00","shape":[1],"data_offsets":[0,1]}}""", 1)]
    [TestCase("""{"__metadata__":{"k":"\ud800"}}""", 0)]
    public void Half_a_surrogate_pair_is_refused(string header, int dataLength) =>
        Reading(HandMadeSafetensors.Bytes(header, new byte[dataLength])).Should().ThrowExactly<InputException>().WithMessage("w.safetensors*");

    [Test]
    public void A_name_that_is_not_utf8_is_refused()
    {
        byte[] header = Encoding.Latin1.GetBytes("""{"é":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""");
        Reading(HandMadeSafetensors.Bytes(header, 7)).Should().ThrowExactly<InputException>().WithMessage("w.safetensors*");
    }

    [Test]
    public void A_header_may_not_reach_one_byte_beyond_the_file()
    {
        byte[] bytes = HandMadeSafetensors.Bytes("{}");
        bytes[0]++;
        Reading(bytes).Should().ThrowExactly<InputException>().WithMessage("*claims 3 bytes in a file of 10*");
    }

    [Test]
    public void Tensors_may_be_listed_in_any_order_be_empty_or_have_no_dimensions()
    {
        byte[] bytes = HandMadeSafetensors.Bytes(
            """
            {"late":{"dtype":"F64","shape":[],"data_offsets":[6,14]},"none":{"dtype":"F32","shape":[3,0],"data_offsets":[6,6]},
             "early":{"dtype":"F16","shape":[1,3],"data_offsets":[0,6]},"__metadata__":{"k":"v"}}
            """,
            new byte[14]);
        SafetensorsHeader header = Read(bytes);

        long data = bytes.Length - 14;
        header.Tensors.Should().HaveCount(3);
        header.Tensors["early"].Should().BeEquivalentTo(new SafetensorsEntry("early", "F16", [1, 3], data, 6));
        header.Tensors["none"].Should().BeEquivalentTo(new SafetensorsEntry("none", "F32", [3, 0], data + 6, 0));
        header.Tensors["late"].Should().BeEquivalentTo(new SafetensorsEntry("late", "F64", [], data + 6, 8));
        header.Metadata.Should().Equal(new Dictionary<string, string> { ["k"] = "v" });
    }

    [Test]
    public void A_file_may_hold_nothing() => Read(HandMadeSafetensors.Bytes("{}")).Tensors.Should().BeEmpty();

    [Test]
    public void Random_damage_to_a_header_is_read_or_refused()
    {
        SplitMix random = new(20240802);
        int refused = 0;
        for (int round = 0; round < 4_000; round++)
        {
            byte[] bytes = HandMadeSafetensors.Bytes("""{"__metadata__":{"k":"\u00e9"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 1, 2, 3, 4);
            int damaged = (int)random.Below(2) + 1;
            for (int i = 0; i < damaged; i++)
                bytes[random.Below(bytes.Length)] = (byte)random.Next();
            try
            {
                SafetensorsHeader header = Read(bytes);
                header.Tensors.Values.All(t => t.Offset >= 8 && t.Offset + t.Length <= bytes.Length).Should().BeTrue("round {0}", round);
            }
            catch (InputException)
            {
                refused++;
            }
        }

        refused.Should().BeInRange(1, 3_999, "the damage must reach both outcomes");
    }

    private static SafetensorsHeader Read(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return SafetensorsHeader.Read(stream, "w.safetensors");
    }

    private static Action Reading(byte[] bytes) => () => Read(bytes);
}
