using Repro.Engine.Files;
using Repro.Fuzz.Tests.Targets;

namespace Repro.Fuzz.Tests.Running;

/// <summary>What became of an input.</summary>
/// <param name="Refusal">The sentence it was refused with, or null.</param>
/// <param name="Defect">What the reader did that it must not do, or null.</param>
internal sealed record TrialOutcome(string? Refusal, string? Defect);

/// <summary>Reads one input after the other and judges what happens: it is accepted, or refused in one sentence that names the file.</summary>
internal sealed class Trial
{
    /// <summary>Most bytes that reading one input may allocate; no input has more than some tens of thousands.</summary>
    public const long MostAllocated = 64 << 20;

    private const int LongestSentence = 2_000;

    private readonly FuzzTarget target;
    private readonly string folder;
    private readonly string path;
    private string[] before = [];

    public Trial(FuzzTarget target, string folder)
    {
        this.target = target;
        this.folder = folder;
        path = Path.Combine(folder, target.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        target.Prepare(folder);
        before = Entries();
    }

    /// <summary>Puts an input where it is read.</summary>
    public void Place(byte[] input)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, input);
        before = Entries();
    }

    /// <summary>Reads it.</summary>
    public TrialOutcome Read()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        string? refusal;
        try
        {
            refusal = target.Read(folder);
        }
        catch (InputException e)
        {
            refusal = e.Message;
        }
        catch (Exception e)
        {
            return new TrialOutcome(null, $"{e.GetType().Name}: {OneLine(e.Message)} {OneLine(string.Join(' ', (e.StackTrace ?? "").Split('\n').Take(4)))}");
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > MostAllocated)
            return new TrialOutcome(refusal, $"reading allocated {allocated >> 20} MB");
        if (!target.MayRepair && !Entries().SequenceEqual(before))
            return new TrialOutcome(refusal, "reading changed the folder");
        return new TrialOutcome(refusal, refusal is null ? null : Complaint(refusal));
    }

    private string? Complaint(string sentence)
    {
        if (sentence.Any(char.IsControl))
            return $"the sentence holds control characters: {OneLine(sentence)}";
        if (sentence.Length > LongestSentence)
            return $"the sentence has {sentence.Length} characters: {sentence[..200]}";
        if (!sentence.EndsWith('.') || sentence.EndsWith("..", StringComparison.Ordinal))
            return $"the sentence does not end with one period: {sentence}";
        return sentence.Contains(folder, StringComparison.Ordinal) ? null : $"the sentence does not name the file: {sentence}";
    }

    private string[] Entries() => [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
