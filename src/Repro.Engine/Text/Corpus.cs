using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Repro.Engine.Files;

namespace Repro.Engine.Text;

/// <summary>The two parts of a corpus.</summary>
public enum Split
{
    /// <summary>Text to train on and to locate regions with.</summary>
    Train,

    /// <summary>Text to measure on.</summary>
    Test,
}

/// <summary>
/// A folder of text in several languages, one sentence or paragraph a line: <c>ru/train.txt</c> and <c>ru/test.txt</c>, or <c>ru.txt</c>,
/// whose lines are split by a fixed rule. A text of no language, such as program code, may stand beside them under a longer name: it is read by that name alone,
/// and neither a language nor part of <see cref="Hash"/>. A language may have a longer name too (<c>zh-CN</c>, <c>pt_BR</c>, <c>RU</c>, <c>zho_Hans</c>) and is read under its code.
/// </summary>
public sealed class Corpus
{
    private const int TestShare = 20;
    private const long MaxTextLength = 1_000_000_000;
    private readonly string folder;
    private readonly Dictionary<string, string> nameOf;

    private Corpus(string folder, Dictionary<string, string> nameOf, IReadOnlyList<string> leftOut)
    {
        this.folder = folder;
        this.nameOf = nameOf;
        Languages = [.. nameOf.Keys.Order(StringComparer.Ordinal)];
        LeftOut = leftOut;
    }

    /// <summary>ISO 639-1 codes of the languages it holds, in ordinal order.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Names that look like a language's and have no ISO 639-1 code, such as <c>yue</c>; their texts are not read.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>What to say of its names: those that are read under another, and those that are left out; null for nothing.</summary>
    public string? Note
    {
        get
        {
            string[] renamed = [.. Languages.Where(l => nameOf[l] != l).Select(l => $"{nameOf[l]} is read as {l}")];
            string[] left = LeftOut.Count == 0 ? [] : [$"left out, for they have no two-letter code: {string.Join(", ", LeftOut)}"];
            return renamed.Length + left.Length == 0 ? null : $"{folder}: {string.Join("; ", [.. renamed, .. left])}";
        }
    }

    /// <summary>Opens a corpus folder.</summary>
    /// <exception cref="InputException">The folder is missing or holds no language.</exception>
    public static Corpus Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"There is no corpus folder {folder}; name one that holds <language>.txt or <language>/test.txt files.");
        string[] names =
        [
            .. Directory.EnumerateFiles(folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f))
                .Concat(Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "train.txt")) || File.Exists(Path.Combine(d, "test.txt"))).Select(d => Path.GetFileName(d)))
                .Where(LanguageTag.IsTag).Distinct().Order(StringComparer.Ordinal),
        ];
        Dictionary<string, string> nameOf = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (LanguageTag.CodeOf(name) is not { } code)
                continue;
            if (!nameOf.TryAdd(code, name))
                throw new InputException($"{folder} holds both '{nameOf[code]}' and '{name}', which are one language ({code}); merge them, or take one out.");
        }

        return nameOf.Count > 0
            ? new Corpus(folder, nameOf, [.. names.Where(name => LanguageTag.CodeOf(name) is null)])
            : throw new InputException($"{folder} holds no <language>.txt or <language>/test.txt file that is named by a language's code, such as ru, pt_BR or zho_Hans.");
    }

    /// <summary>The lines of one part of one language; blank lines are left out.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="split">The part.</param>
    /// <returns>The lines, trimmed; empty where the corpus has none.</returns>
    /// <exception cref="InputException">A file can't be read or is not UTF-8.</exception>
    public IReadOnlyList<string> Lines(string language, Split split)
    {
        string name = nameOf.GetValueOrDefault(language, language);
        string flat = Path.Combine(folder, $"{name}.txt");
        string own = Path.Combine(folder, name, split == Split.Train ? "train.txt" : "test.txt");
        IEnumerable<string> fromFlat = File.Exists(flat) ? ReadLines(flat).Where(line => SplitOf(line) == split) : [];
        IEnumerable<string> fromOwn = File.Exists(own) ? ReadLines(own) : [];
        return [.. fromFlat, .. fromOwn];
    }

    /// <summary>Test lines of a language that also stand, to the letter, among its training lines: of them a model that has read the one knows the other by heart.</summary>
    /// <inheritdoc cref="Lines"/>
    public IReadOnlyList<string> SharedLines(string language)
    {
        // The two parts of a flat file have no line in common.
        if (!Directory.Exists(Path.Combine(folder, nameOf.GetValueOrDefault(language, language))))
            return [];
        HashSet<string> training = new(Lines(language, Split.Train), StringComparer.Ordinal);
        return [.. Lines(language, Split.Test).Where(training.Contains)];
    }

    /// <summary>SHA-256 of every line of every language.</summary>
    /// <param name="only">The part to hash; null is both.</param>
    /// <returns>Lower-case hexadecimal, the same for the same text whichever way it is laid out.</returns>
    public string Hash(Split? only = null)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string language in Languages.Where(l => only is not { } part || Lines(l, part).Count > 0))
        {
            foreach (Split split in Enum.GetValues<Split>().Where(s => only is null || s == only))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"\0{language}/{split}\n"));
                foreach (string line in Lines(language, split))
                    hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// The part a line of a flat file belongs to: one in twenty is test, by the line's own SHA-256, so that neither order nor other lines matter
    /// and equal lines never fall into both parts.
    /// </summary>
    public static Split SplitOf(string line) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(line))) % TestShare == 0 ? Split.Test : Split.Train;

    /// <summary>The lines of a UTF-8 text file, trimmed, blank ones left out.</summary>
    /// <exception cref="InputException">The file can't be read or is not UTF-8.</exception>
    public static IEnumerable<string> ReadLines(string path) => ReadNumberedLines(path).Select(line => line.Text);

    /// <summary>As <see cref="ReadLines"/>, each with its number in the file, from 1.</summary>
    internal static IEnumerable<(int Number, string Text)> ReadNumberedLines(string path)
    {
        string text = InputFile.ReadText(path, MaxTextLength);
        return text.Contains('\0', StringComparison.Ordinal)
            ? throw new InputException($"{path} is not UTF-8 text (character {text.IndexOf('\0', StringComparison.Ordinal)} is NUL, as in UTF-16); convert it.")
            : text.Split('\n').Select((line, i) => (i + 1, line.Trim())).Where(line => line.Item2.Length > 0);
    }
}
