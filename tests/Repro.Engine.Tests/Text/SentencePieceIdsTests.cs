using FsCheck.Fluent;
using Repro.Engine.Files;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using static Repro.Engine.Tests.Support.SentencePieceMessages;

namespace Repro.Engine.Tests.Text;

/// <summary>
/// The tiny tokenizer with further pieces or other settings; the expected ids are those of <c>spm_encode</c> (Debian's sentencepiece
/// 0.1.97) with the same file.
/// </summary>
public sealed class SentencePieceIdsTests
{
    private static readonly byte[] Tiny = File.ReadAllBytes(Path.Combine(Project.Folder, "fixtures", "tiny", "tokenizer.model"));

    // As a vocabulary merged of two has: many pieces of one score.
    private static readonly string[] OfOneScore = ["哈哈", "中国", "国人", "人民", "中国人民", "....", "!!", "的人"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    [TestCase("哈哈哈哈哈", "3061 4096 4096 232 150 139")]
    [TestCase("中国人民的人民", "3061 4100 4103 3725")]
    [TestCase("!!!!!", "3061 4102 4102 3132")]
    [TestCase("a.......b", "265 4101 962 3081")]
    [TestCase("lollol 哈哈哈 ok....", "280 2080 310 3061 4096 232 150 139 2972 4101")]
    public void Of_pieces_of_one_score_the_leftmost_is_made_first(string text, string ids) =>
        IdsOf(text, [.. OfOneScore.Select(p => Piece(p, 0))]).Should().Be(ids);

    [TestCase("lollol 哈哈哈 §§§", "3061 4096 4096 3061 4097 232 150 139 3061 4098 197 170")]
    [TestCase("§§§§x", "3061 4098 4098 3199")]
    public void User_defined_pieces_stand_for_themselves(string text, string ids) =>
        IdsOf(text, Piece("lol", 0, UserDefined), Piece("哈哈", 0, UserDefined), Piece("§§", 0, UserDefined)).Should().Be(ids);

    [TestCase("qz qzj qzjw", "3061 4096 3061 4096 3088 3061 4098")]
    [TestCase("qzjqzjqzjw", "3061 4096 3088 4096 3088 4098")]
    [TestCase("qzjj", "3061 4096 3088 3088")]
    public void Unused_pieces_are_taken_apart_again(string text, string ids) =>
        IdsOf(text, Piece("qz", 0), Piece("qzj", 0, Unused), Piece("qzjw", -1)).Should().Be(ids);

    [TestCase("  two  blanks  ", "267 1362 1041 262 1426")]
    [TestCase("{", "3061 126")]
    [TestCase("   ", "")]
    public void Further_blanks_are_removed_where_the_model_says_so(string text, string ids) => IdsOf(text, RemovesBlanks(true)).Should().Be(ids);

    [TestCase("The kettle is on", "3122 352 273 501 322 373 440")]
    [TestCase("  two  blanks  ", "3061 267 1362 3061 1041 262 1426 3061 3061")]
    public void No_blank_is_put_before_a_text_where_the_model_says_so(string text, string ids) => IdsOf(text, AddsBlank(false)).Should().Be(ids);

    [TestCase("The kettle is on", "3122 352 273 501 322 373 440 3061")]
    [TestCase("x", "3199 3061")]
    public void The_blank_is_put_behind_a_text_where_the_model_says_so(string text, string ids) => IdsOf(text, BlankIsLast(true)).Should().Be(ids);

    [Test]
    public void A_model_that_changes_characters_is_refused_by_the_name_of_its_rules() =>
        FluentActions.Invoking(() => IdsOf("x", ChangesCharacters("nmt_nfkc"))).Should().Throw<InputException>()
            .WithMessage("*'nmt_nfkc'*tokenizer.json*");

    [Test]
    public void Any_text_is_merged_as_by_the_plain_rule()
    {
        (string Text, float Score)[] pieces =
        [
            ("a", -9), ("b", -9), ("c", -9), ("aa", -1), ("ab", -1), ("ba", -1), ("aab", 0), ("aba", -2), ("bb", -2), ("bbaa", -2), ("abab", 0),
            ("ccc", 0), ("cc", -3), ("ac", -3),
        ];
        Dictionary<string, float> scores = pieces.ToDictionary(p => p.Text, p => p.Score);
        SentencePieceModel model = new("small", [.. MergesPairs(), .. scores.SelectMany(p => Piece(p.Key, p.Value))]);
        Gen.Elements('a', 'b', 'c').ArrayOf().Select(string.Concat).ToArbitrary().Hold(text =>
            new PairMerging(model).Pieces(text).Select(range => text[range]).SequenceEqual(MergedPlainly(text, scores)));
    }

    private string IdsOf(string text, params byte[][] messages) => string.Join(' ', Tokenizer.Open(Write(messages)).Encode(text));

    private string Write(params byte[][] messages)
    {
        File.WriteAllBytes(folder.File("tokenizer.model"), [.. Tiny, .. messages.SelectMany(m => m)]);
        return folder.File("tokenizer.model");
    }

    // All neighbours are looked at before each merge.
    private static List<string> MergedPlainly(string text, Dictionary<string, float> scores)
    {
        List<string> symbols = [.. text.Select(c => c.ToString())];
        while (true)
        {
            int best = -1;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (scores.TryGetValue(symbols[i] + symbols[i + 1], out float score) && (best < 0 || score > scores[symbols[best] + symbols[best + 1]]))
                    best = i;
            }

            if (best < 0)
                return symbols;
            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }
    }
}
