namespace Repro.Engine.Evaluation;

/// <summary>
/// The best unigram model there can be for a text: the text's own token frequencies. A model that scores worse knows less than how often each
/// token occurs.
/// </summary>
public static class UnigramModel
{
    /// <summary>Entropy of the predicted tokens' own distribution, nats per token.</summary>
    /// <param name="documents">Token ids with BOS and EOS; BOS is not predicted.</param>
    public static double NatsPerToken(IEnumerable<int[]> documents)
    {
        Dictionary<int, long> counts = [];
        foreach (int id in documents.SelectMany(d => d.Skip(1)))
            counts[id] = counts.GetValueOrDefault(id) + 1;
        double total = counts.Values.Sum();
        return counts.OrderBy(c => c.Key).Sum(c => -c.Value / total * Math.Log(c.Value / total));
    }
}
