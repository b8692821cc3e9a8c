using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Files;
using Repro.Engine.Text;
using Repro.Engine.Training;

namespace Repro.Cli.Commands;

/// <summary><c>repro corpus</c>.</summary>
internal static class CorpusCommand
{
    public static Command Create()
    {
        Option<string[]> corpus = new("--corpus") { Description = "Corpus folder; may be given more than once.", Required = true };
        Option<string[]> heldOut = new("--hold-out") { Description = "Corpus folder of which no line is written; may be given more than once." };
        Option<string> output = new("--out") { Description = "Text file to write.", Required = true };
        Command lines = new("lines", "Writes the lines that training reads, for a tokenizer to be trained on.\n\nExamples:\n  repro corpus lines --corpus fixtures/corpora --out lines.txt\n  repro corpus lines --corpus fixtures/corpora --corpus texts --out lines.txt") { corpus, heldOut, output };
        lines.SetAction(result =>
        {
            Corpus[] corpora = [.. result.GetRequiredValue(corpus).Select(Corpus.Open)];
            Corpus[] without = [.. (result.GetValue(heldOut) ?? []).Select(Corpus.Open)];
            string[] all = [.. corpora.SelectMany(c => c.Languages).Distinct().Order(StringComparer.Ordinal).SelectMany(l => TrainingText.Lines(corpora, l, without).Kept)];
            AtomicFile.WriteText(result.GetRequiredValue(output), string.Join('\n', all) + "\n");
            Terminals.Say($"{all.Length} lines written to {result.GetRequiredValue(output)}");
            return ExitCode.Success;
        });
        return new Command("corpus", "Looks into corpus folders.\n\nExamples:\n  repro corpus lines --corpus fixtures/corpora --out lines.txt\n  repro corpus lines --corpus fixtures/corpora --corpus texts --out lines.txt") { lines };
    }
}
