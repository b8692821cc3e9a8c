using System.Collections.Concurrent;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Papers.LinguisticRegions.Published;

/// <summary>The paper's own numbers, of the profile's model where the profile is one of the paper's, otherwise of LLaMA-2-7B; a file is read when first asked for.</summary>
/// <param name="folder">Finds the folder of the published goldens.</param>
/// <param name="model">The profile's model as the tables name it, or null.</param>
internal sealed class PublishedNumbers(Func<string> folder, string? model)
{
    /// <summary>The smaller of the paper's models.</summary>
    public const string Smaller = "LLaMA-2-7B";

    /// <summary>The larger of the paper's models.</summary>
    public const string Larger = "LLaMA-2-13B";

    private const int LlamaVocabulary = 32_000;

    // A claim's rows are decided at once.
    private readonly ConcurrentDictionary<int, PublishedTable> tables = [];
    private readonly Lazy<PublishedText> text = new(() => PublishedText.Load(folder()), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The model whose numbers count.</summary>
    public string Model => model ?? Smaller;

    /// <summary>A table's numbers.</summary>
    /// <param name="perplexity">Finds the perplexity that is printed for a condition on a text, the base included.</param>
    public static IMeasurements Of(Func<Condition, TestText, decimal?> perplexity) => new PublishedMeasurements(perplexity, LlamaVocabulary);

    /// <summary>Whether the profile's model is this one of the paper's.</summary>
    public bool IsModel(string name) => model == name;

    /// <summary>A table.</summary>
    public PublishedTable Table(int number) => tables.GetOrAdd(number, n => PublishedTable.Load(folder(), n));

    /// <summary>Perplexity of the unedited model on the Chinese text of Section 3.3, which is another than Table 14's.</summary>
    /// <remarks>
    /// Of LLaMA-2-13B Table 4 prints it. Of LLaMA-2-7B Table 2 before training, with 1 % of Bottom removed, is the nearest that the paper prints.
    /// </remarks>
    /// <param name="larger">Whether the model is <see cref="Larger"/>.</param>
    public decimal? ChineseBase(bool larger) => larger ? Table(4).Find(["none", "none"], _ => true) : Table(2).Find(["Chinese (Wechat)", "0K"], c => c.Region == "Bottom");

    /// <summary>A number of the running text.</summary>
    public decimal? Statement(string what) => text.Value.Statements.FirstOrDefault(s => s.What == what)?.Value;
}
