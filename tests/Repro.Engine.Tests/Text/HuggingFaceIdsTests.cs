using System.Globalization;
using System.Text.Json;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

/// <summary>
/// Ids that Hugging Face's own library (tokenizers 0.23.2) gives, in 30 languages and on odd lines; <c>ci/tokenizer-fixtures.mjs</c>
/// recorded them.
/// </summary>
[TestFixture("llama3")]
[TestFixture("qwen2")]
public sealed class HuggingFaceIdsTests(string kind)
{
    private static readonly string Folder = Path.Combine(Project.Folder, "fixtures", "tokenizer");
    private readonly Tokenizer tokenizer = Tokenizer.Open(Path.Combine(Folder, $"{kind}-style.json"));

    private static IEnumerable<JsonElement> Rows =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "byte-level-ids.json"))).RootElement.EnumerateArray();

    [Test]
    public void Ids_equal_those_of_Hugging_Face()
    {
        Rows.Should().HaveCountGreaterThan(120);
        foreach (JsonElement row in Rows)
        {
            string text = row.GetProperty("text").GetString()!;
            int[] expected = [.. row.GetProperty(kind).GetString()!.Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
            tokenizer.Encode(text).Should().Equal(expected, text);
        }
    }

    [Test]
    public void Decoding_gives_the_text_back()
    {
        // Qwen's composes characters: what it gives back has the same ids.
        foreach (string text in Rows.Select(row => row.GetProperty("text").GetString()!))
        {
            string decoded = tokenizer.Decode(tokenizer.Encode(text));
            if (kind == "qwen2")
                tokenizer.Encode(decoded).Should().Equal(tokenizer.Encode(text), text);
            else
                decoded.Should().Be(text);
        }
    }
}
