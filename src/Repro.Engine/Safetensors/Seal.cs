using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Repro.Engine.Safetensors;

/// <summary>
/// What a safetensors file is sealed with: a metadata entry with the SHA-256 of the whole file, header included, as it is with zeros in the place of the seal.
/// </summary>
internal static class Seal
{
    /// <summary>Name of the metadata entry.</summary>
    public const string Name = "sha256";

    /// <summary>What stands in the place of a seal until it is known.</summary>
    public static string None { get; } = new('0', SHA256.HashSizeInBytes * 2);

    /// <summary>Where a seal, or <see cref="None"/>, is written in a header; -1 where it is not.</summary>
    public static int Find(ReadOnlySpan<byte> header, string seal) => header.IndexOf(Encoding.ASCII.GetBytes(seal));

    /// <summary>The seal of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where its seal is.</param>
    /// <param name="length">Its length in bytes.</param>
    public static string Of(SafeFileHandle file, long offset, long length)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        StoredBytes.AppendTo(hash, file, 0, offset);
        hash.AppendData(Encoding.ASCII.GetBytes(None));
        StoredBytes.AppendTo(hash, file, offset + None.Length, length - offset - None.Length);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether a file has the seal that its header states.</summary>
    /// <param name="file">The file.</param>
    /// <param name="dataStart">Where its header ends.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="stated">The seal that its header states.</param>
    public static bool Fits(SafeFileHandle file, long dataStart, long length, string stated)
    {
        byte[] header = new byte[dataStart];
        StoredBytes.Fill(file, 0, header);
        int offset = stated.Length == None.Length ? Find(header, stated) : -1;
        return offset >= 0 && Of(file, offset, length) == stated;
    }
}
