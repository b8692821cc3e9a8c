using System.Buffers.Binary;
using System.Text;

namespace Repro.Engine.Tests.Safetensors;

/// <summary>Safetensors files written byte by byte: 8 bytes of header length, the header, the data.</summary>
internal static class HandMadeSafetensors
{
    public static byte[] Bytes(string header, params byte[] data) => Bytes(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Bytes(byte[] header, params byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }
}
