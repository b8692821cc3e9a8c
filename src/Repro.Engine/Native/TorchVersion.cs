using System.Text.RegularExpressions;

namespace Repro.Engine.Native;

/// <summary>Which libtorch lies in a folder, by what is written beside it.</summary>
internal static partial class TorchVersion
{
    /// <summary>The version that TorchSharp is built for, to the patch.</summary>
    public static string Built { get; } = LibTorch.Metadata("LibTorchVersion");

    /// <summary>The version that is needed; another patch of it has the same binary interface.</summary>
    public static string Needed { get; } = Built[..Built.LastIndexOf('.')];

    /// <summary>The version in a <c>lib</c> folder: a Python torch has <c>version.py</c> above it, a libtorch archive <c>build-version</c>.</summary>
    /// <returns>For example <c>2.10.0+cu128</c>, or null where nothing says.</returns>
    public static string? Of(string folder)
    {
        string above = Path.GetDirectoryName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)) ?? folder;
        string python = Path.Combine(above, "version.py");
        if (File.Exists(python) && Assignment().Match(File.ReadAllText(python)) is { Success: true } match)
            return match.Groups["version"].Value;
        string archive = Path.Combine(above, "build-version");
        return File.Exists(archive) ? File.ReadAllText(archive).Trim() : null;
    }

    /// <summary>Does nothing where the folder holds the version needed, or does not say which it holds.</summary>
    /// <exception cref="NativeLoadException">It holds another; the sentence names both.</exception>
    public static void Check(string folder)
    {
        if (Of(folder) is { } found && found != Needed && !found.StartsWith(Needed + ".", StringComparison.Ordinal))
            throw new NativeLoadException($"{LibTorch.FolderVariable} names {folder}, which holds torch {found}; TorchSharp {LibTorch.BindingVersion} needs torch {Needed}: install that version, or unset {LibTorch.FolderVariable}.");
    }

    [GeneratedRegex("""^__version__\s*(:\s*\w+\s*)?=\s*['"](?<version>[^'"]+)['"]""", RegexOptions.Multiline)]
    private static partial Regex Assignment();
}
