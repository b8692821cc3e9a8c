using Repro.Harness.Goldens;

namespace Repro.Report.Html;

/// <summary>Figure 4: what the model writes before and after an edit, side by side.</summary>
internal static class ContinuationBlock
{
    /// <summary>The texts of one experiment, or nothing where it has none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="checkpoint">Whose texts they are, or null where that needs no saying.</param>
    public static Markup Of(TableResult table, string? checkpoint) => table.Continuations is not { Count: > 0 } texts ? Markup.Empty : Markup.Of($"""
        <div class="texts-block">
        <h3>What the model writes{(checkpoint is null ? "" : $" ({checkpoint})")}</h3>
        <div class="texts">{texts.Select(text => Markup.Of($"<blockquote><h4>{(text.Key == "base" ? "unchanged" : text.Key)}</h4><p dir=\"auto\">{text.Value}</p></blockquote>\n"))}</div>
        <p class="why">The same prompt continued word by word with the likeliest token. Look for nonsense and repetition after the edit; the claims below measure both over 16 prompts.</p>
        </div>

        """);
}
