namespace Repro.Engine.Text;

/// <summary>Names of languages in folders of texts: <c>ru</c>, <c>RU</c>, <c>pt_BR</c>, <c>zh-CN</c>, <c>zho_Hans</c>.</summary>
internal static class LanguageTag
{
    private const int CodeLength = 2;
    private const int LongCodeLength = 3;
    private const int ScriptLength = 4;

    // ISO 639-3 and 639-2 with the ISO 639-1 of each (Debian's iso-codes), and the standard varieties of Arabic, Chinese, Persian and Malay.
    private const string Codes = """
        aaraa abkab afraf akaak albsq amham araar arbar argan armhy asmas avaav aveae aymay azeaz bakba bambm baqeu belbe benbn bisbi bodbo bosbs brebr
        bulbg burmy catca cescs chach chece chizh chucu chvcv cmnzh corkw cosco crecr cymcy czecs danda deude divdv dutnl dzodz ellel engen epoeo estet
        euseu eweee faofo fasfa fijfj finfi frafr frefr fryfy fulff geoka gerde glagd glega glggl glvgv greel grngn gujgu hatht hauha hbssh hebhe herhz
        hinhi hmoho hrvhr hunhu hyehy iboig iceis idoio iiiii ikuiu ileie inaia indid ipkik islis itait javjv jpnja kalkl kankn kasks katka kaukr kazkk
        khmkm kikki kinrw kirky komkv konkg korko kuakj kurku laolo latla lavlv limli linln litlt ltzlb lublu luglg macmk mahmh malml maomi marmr mayms
        mkdmk mlgmg mltmt monmn mrimi msams myamy nauna navnv nblnr ndend ndong nepne nldnl nnonn nobnb norno nyany ocioc ojioj orior ormom ossos panpa
        perfa pesfa plipi polpl porpt pusps quequ rohrm ronro rumro runrn rusru sagsg sansa sinsi slksk slosk slvsl smese smosm snasn sndsd somso sotst
        spaes sqisq srdsc srpsr sswss sunsu swasw swesv tahty tamta tattt telte tgktg tgltl thath tibbo tirti tonto tsntn tsots tuktk turtr twitw uigug
        ukruk urdur uzbuz venve vievi volvo welcy wlnwa wolwo xhoxh yidyi yoryo zhaza zhozh zsmms zulzu
        """;

    private static readonly Dictionary<string, string> ShortOf =
        Codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToDictionary(c => c[..LongCodeLength], c => c[LongCodeLength..], StringComparer.Ordinal);

    /// <summary>The ISO 639-1 code that a name stands for, or null where it stands for none.</summary>
    public static string? CodeOf(string name)
    {
        string[] parts = name.Split('-', '_');
        string language = parts[0].ToLowerInvariant();
        if (!IsTag(parts))
            return null;
        return language.Length == CodeLength ? language : ShortOf.GetValueOrDefault(language);
    }

    /// <summary>Whether a name has the form of a language's: two or three letters, and perhaps a script and a region.</summary>
    public static bool IsTag(string name) => IsTag(name.Split('-', '_'));

    private static bool IsTag(string[] parts) =>
        parts[0].Length is CodeLength or LongCodeLength && parts[0].All(char.IsAsciiLetter) && parts[1..].All(IsScriptOrRegion);

    private static bool IsScriptOrRegion(string part) =>
        (part.Length is CodeLength or ScriptLength && part.All(char.IsAsciiLetter)) || (part.Length == LongCodeLength && part.All(char.IsAsciiDigit));
}
