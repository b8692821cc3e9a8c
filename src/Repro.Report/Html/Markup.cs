using System.Globalization;
using System.Net;

namespace Repro.Report.Html;

/// <summary>A piece of a page. What is put into one is encoded unless it is a piece itself, so that no name or text of a checkpoint becomes markup.</summary>
internal sealed class Markup
{
    private readonly string text;

    private Markup(string text) => this.text = text;

    /// <summary>Nothing.</summary>
    public static Markup Empty { get; } = new("");

    /// <summary>Markup with values in it: pieces and lists of pieces as they are, anything else encoded.</summary>
    public static Markup Of(FormattableString markup) => new(markup.ToString(Encoder.Instance));

    /// <summary>Pieces one after the other.</summary>
    public static Markup Of(IEnumerable<Markup> pieces) => new(string.Concat(pieces.Select(p => p.text)));

    /// <summary>Text that is markup already: a drawing or a style sheet of this program.</summary>
    public static Markup Trusted(string markup) => new(markup);

    /// <inheritdoc/>
    public override string ToString() => text;

    private sealed class Encoder : IFormatProvider, ICustomFormatter
    {
        public static Encoder Instance { get; } = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => "",
            Markup piece => piece.text,
            IEnumerable<Markup> pieces => Of(pieces).text,
            IFormattable value => Encode(value.ToString(format, CultureInfo.InvariantCulture)),
            _ => Encode(arg.ToString() ?? ""),
        };

        // A control character has no place in a page, not even encoded; a model may write one.
        private static string Encode(string value) => WebUtility.HtmlEncode(string.Concat(value.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c)));
    }
}
