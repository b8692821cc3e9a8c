using Repro.Harness.Atlases;
using Repro.Harness.Texts;

namespace Repro.Papers.LinguisticRegions.Languages;

/// <summary>Which languages the paper uses for what.</summary>
public static class PaperLanguages
{
    /// <summary>The 30 languages of Tables 14 to 16, in the paper's order.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("ar", "Arabic", "Semitic", Script.Arabic),
        new("zh", "Chinese", "Sinitic", Script.Han),
        new("cs", "Czech", "Slavic", Script.Latin),
        new("da", "Danish", "Germanic", Script.Latin),
        new("nl", "Dutch", "Germanic", Script.Latin),
        new("en", "English", "Germanic", Script.Latin),
        new("fi", "Finnish", "Uralic", Script.Latin),
        new("fr", "French", "Romance", Script.Latin),
        new("de", "German", "Germanic", Script.Latin),
        new("el", "Greek", "Hellenic", Script.Greek),
        new("hu", "Hungarian", "Uralic", Script.Latin),
        new("id", "Indonesian", "Malayo-Polynesian", Script.Latin),
        new("it", "Italian", "Romance", Script.Latin),
        new("ja", "Japanese", "Japonic", Script.Han),
        new("ko", "Korean", "Koreanic", Script.Hangul),
        new("ms", "Malay", "Malayo-Polynesian", Script.Latin),
        new("ml", "Malayalam", "Dravidian", Script.Malayalam),
        new("no", "Norwegian", "Germanic", Script.Latin),
        new("fa", "Persian", "Iranian", Script.Arabic),
        new("pl", "Polish", "Slavic", Script.Latin),
        new("pt", "Portuguese", "Romance", Script.Latin),
        new("ro", "Romanian", "Romance", Script.Latin),
        new("ru", "Russian", "Slavic", Script.Cyrillic),
        new("es", "Spanish", "Romance", Script.Latin),
        new("sw", "Swahili", "Bantu", Script.Latin),
        new("sv", "Swedish", "Germanic", Script.Latin),
        new("ta", "Tamil", "Dravidian", Script.Tamil),
        new("tr", "Turkish", "Turkic", Script.Latin),
        new("uk", "Ukrainian", "Slavic", Script.Cyrillic),
        new("vi", "Vietnamese", "Vietic", Script.Latin),
    ];

    /// <summary>Chinese of the origin that further training uses; the main corpus's Chinese is of another (Table 2: Zhihu and Wechat).</summary>
    public static Language FurtherChinese { get; } = new("zh", "Chinese (further text)", "Sinitic", Script.Han, Further: true);

    /// <summary>Arabic of the origin that further training uses (Section 3.5).</summary>
    public static Language FurtherArabic { get; } = new("ar", "Arabic (further text)", "Semitic", Script.Arabic, Further: true);

    /// <summary>Program text in several programming languages, a control's: text of no human language, though names and words in it may be of one.</summary>
    public static TestText Code { get; } = new("code", "Program code");

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

    /// <summary>The 30 languages with what an atlas compares them by.</summary>
    public static IReadOnlyList<GroupedText> Grouped { get; } =
        [.. All.Select(l => new GroupedText(l, new SortedDictionary<string, string> { ["family"] = l.Family, ["script"] = l.Script.ToString() }))];

    /// <summary>The text of a key.</summary>
    /// <exception cref="InvalidOperationException">The paper does not use it.</exception>
    public static Language Get(string key) => All.Concat([FurtherChinese, FurtherArabic]).Single(l => l.Key == key);

    private static Language[] Select(params string[] codes) => [.. codes.Select(Get)];
}
