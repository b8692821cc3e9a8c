using Repro.Harness.Texts;

namespace Repro.Papers.LinguisticRegions.Languages;

/// <summary>Which languages the paper uses for what.</summary>
public static class PaperLanguages
{
    /// <summary>The 30 languages of Tables 14 to 16, in the paper's order.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("ar", "Arabic", "Semitic"),
        new("zh", "Chinese", "Sinitic"),
        new("cs", "Czech", "Slavic"),
        new("da", "Danish", "Germanic"),
        new("nl", "Dutch", "Germanic"),
        new("en", "English", "Germanic"),
        new("fi", "Finnish", "Uralic"),
        new("fr", "French", "Romance"),
        new("de", "German", "Germanic"),
        new("el", "Greek", "Hellenic"),
        new("hu", "Hungarian", "Uralic"),
        new("id", "Indonesian", "Malayo-Polynesian"),
        new("it", "Italian", "Romance"),
        new("ja", "Japanese", "Japonic"),
        new("ko", "Korean", "Koreanic"),
        new("ms", "Malay", "Malayo-Polynesian"),
        new("ml", "Malayalam", "Dravidian"),
        new("no", "Norwegian", "Germanic"),
        new("fa", "Persian", "Iranian"),
        new("pl", "Polish", "Slavic"),
        new("pt", "Portuguese", "Romance"),
        new("ro", "Romanian", "Romance"),
        new("ru", "Russian", "Slavic"),
        new("es", "Spanish", "Romance"),
        new("sw", "Swahili", "Bantu"),
        new("sv", "Swedish", "Germanic"),
        new("ta", "Tamil", "Dravidian"),
        new("tr", "Turkish", "Turkic"),
        new("uk", "Ukrainian", "Slavic"),
        new("vi", "Vietnamese", "Vietic"),
    ];

    /// <summary>Chinese of the origin that further training uses; the main corpus's Chinese is of another (Table 2: Zhihu and Wechat).</summary>
    public static Language FurtherChinese { get; } = new("zh", "Chinese (further text)", "Sinitic", Further: true);

    /// <summary>Arabic of the origin that further training uses (Section 3.5).</summary>
    public static Language FurtherArabic { get; } = new("ar", "Arabic (further text)", "Semitic", Further: true);

    /// <summary>The six languages that locate regions (Section 3.1), in the order their importance is summed.</summary>
    public static IReadOnlyList<Language> Region { get; } = Select("ar", "es", "ru", "zh", "ko", "vi");

    /// <summary>The 11 languages of Tables 1, 5 and 9 to 13.</summary>
    public static IReadOnlyList<Language> Eleven { get; } = Select("ar", "zh", "it", "ja", "ko", "fa", "pt", "ru", "es", "uk", "vi");

    /// <summary>
    /// The languages that the paper reports as hurt together with a region's own (Section 3.4, Tables 5 and 9 to 13): by descent, or by script and
    /// loans for Persian and Japanese. Vietnamese has none.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Language>> Relatives { get; } = new Dictionary<string, IReadOnlyList<Language>>
    {
        ["ar"] = Select("fa"),
        ["es"] = Select("it", "pt"),
        ["ru"] = Select("uk"),
        ["zh"] = Select("ja"),
        ["ko"] = Select("ja"),
        ["vi"] = [],
    };

    /// <summary>All texts, with the paper's samples of those for further training (Tables 2 and 6, Section 3.5).</summary>
    public static TextSet Texts { get; } = new(Region, All, [new FurtherText(FurtherChinese, 200_000), new FurtherText(FurtherArabic, 100_000)]);

    /// <summary>The text of a key.</summary>
    /// <exception cref="InvalidOperationException">The paper does not use it.</exception>
    public static Language Get(string key) => All.Concat([FurtherChinese, FurtherArabic]).Single(l => l.Key == key);

    private static Language[] Select(params string[] codes) => [.. codes.Select(Get)];
}
