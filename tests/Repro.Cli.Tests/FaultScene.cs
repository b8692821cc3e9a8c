using System.Security.Cryptography;

namespace Repro.Cli.Tests;

/// <summary>What runs under a fault.</summary>
internal enum FaultWork
{
    /// <summary>Perplexity of one language: reading, tokens, forward passes.</summary>
    Perplexity,

    /// <summary>An importance map: backward passes, a file.</summary>
    Importance,

    /// <summary>One figure of the paper with nothing kept before: all of a verification's stages.</summary>
    Verify,

    /// <summary>The same where all is kept.</summary>
    VerifyAgain,
}

/// <summary>One run under a fault: where it writes and what is set around it.</summary>
/// <param name="folder">A folder of the run's own.</param>
/// <param name="kept">A folder with the results of an earlier verification.</param>
internal sealed class FaultScene(TemporaryFolder folder, string kept)
{
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Where results are kept.</summary>
    public string Cache { get; set; } = folder.File("cache");

    /// <summary>Where the report or the map goes.</summary>
    public string Output { get; set; } = folder.File("output");

    /// <summary>Done over and over while the run lasts.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>Whether nothing is kept beyond the run.</summary>
    public bool KeepsNothing { get; set; }

    /// <summary>A path in the run's own folder.</summary>
    public string File(string name) => folder.File(name);

    /// <summary>Fills the store with what an earlier verification kept.</summary>
    public void CopyKept()
    {
        foreach (string file in Directory.GetFiles(kept, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(Cache, Path.GetRelativePath(kept, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
    }

    /// <summary>Runs the work.</summary>
    public ReproOutcome Run(FaultWork work)
    {
        if (work == FaultWork.VerifyAgain && Cache == folder.File("cache"))
            Cache = kept;
        using CancellationTokenSource ended = new();
        Task meanwhile = Task.Run(async () =>
        {
            while (Meanwhile is not null && !ended.IsCancellationRequested)
            {
                Meanwhile();
                await Task.Delay(TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
            }
        });
        ReproOutcome outcome = ReproProcess.Run(Environment, Arguments(work));
        ended.Cancel();
        meanwhile.GetAwaiter().GetResult();
        return outcome;
    }

    /// <summary>What a run came to, without what says on what it ran.</summary>
    public string Results(FaultWork work, ReproOutcome outcome) => work switch
    {
        FaultWork.Perplexity => outcome.Output,
        FaultWork.Importance => Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(Path.Combine(Output, "map.safetensors")))),
        _ => Outcomes.Measured(outcome.Output) + Outcomes.Measured(System.IO.File.ReadAllText(Path.Combine(Output, "results.json"))) + System.IO.File.ReadAllText(Path.Combine(Output, "verdicts.txt")),
    };

    private string[] Arguments(FaultWork work) => work switch
    {
        FaultWork.Perplexity => ["perplexity", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "tr", "--json"],
        FaultWork.Importance => ["importance", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "ru", "--samples", "6", "--out", Path.Combine(Output, "map.safetensors")],
        _ => ["verify", "--claims", "figure-02", "--samples", "4", "--test-documents", "2", "--json", "--out", Output, .. KeepsNothing ? new[] { "--no-cache" } : ["--cache", Cache]],
    };
}
