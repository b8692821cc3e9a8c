namespace Repro.Fuzz.Tests.Targets;

/// <summary>Every reader that is fuzzed; a new one is one line here.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Makers = new(StringComparer.Ordinal)
    {
        ["safetensors"] = TensorTargets.Safetensors,
        ["importance-map"] = TensorTargets.ImportanceMap,
        ["region"] = TensorTargets.Region,
        ["gradient-sums"] = TensorTargets.GradientSums,
        ["training-snapshot"] = TensorTargets.Snapshot,
        ["config"] = CheckpointTargets.Config,
        ["checkpoint-config"] = CheckpointTargets.ConfigBesideWeights,
        ["checkpoint-weights"] = CheckpointTargets.Weights,
        ["checkpoint-index"] = CheckpointTargets.Index,
        ["provenance"] = CheckpointTargets.Provenance,
        ["tokenizer-model"] = TextTargets.SentencePiece,
        ["tokenizer-json"] = TextTargets.ByteLevel,
        ["corpus-flat"] = TextTargets.FlatCorpus,
        ["corpus-split"] = TextTargets.SplitCorpus,
        ["text"] = TextTargets.Documents,
        ["token-ids"] = TextTargets.TokenIds,
        ["golden-table"] = PaperTargets.MeasuredTable,
        ["golden-claim"] = PaperTargets.Claim,
        ["golden-robustness"] = PaperTargets.Robustness,
        ["golden-untrained"] = PaperTargets.Untrained,
        ["published-table"] = PaperTargets.PublishedTable,
        ["published-text"] = PaperTargets.PublishedText,
        ["results-json"] = PaperTargets.Results,
        ["run-json"] = PaperTargets.Run,
        ["artifact"] = StoreTargets.Artifact,
        ["kept-result"] = StoreTargets.Result,
        ["history"] = HistoryTargets.History,
    };

    /// <summary>The names, in the order above.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>The target of a name.</summary>
    public static FuzzTarget Get(string name) =>
        Makers.TryGetValue(name, out Func<FuzzTarget>? make) || FaultyReaders.Makers.TryGetValue(name, out make)
            ? make()
            : throw new ArgumentException($"There is no fuzz target '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
}
