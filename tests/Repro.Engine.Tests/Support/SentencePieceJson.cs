using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Repro.Engine.Tests.Support;

/// <summary>A SentencePiece model in Hugging Face's spelling, as its conversion of LLaMA-2's tokenizer writes it.</summary>
internal static class SentencePieceJson
{
    public static JsonObject Of(string path)
    {
        List<(string Text, float Score, int Kind)> pieces = [.. Pieces(File.ReadAllBytes(path))];
        Dictionary<string, int> ids = pieces.Select((p, id) => (p.Text, id)).ToDictionary(p => p.Text, p => p.id);
        IEnumerable<(string Left, string Right, float Score)> merges = pieces.Where(p => p.Kind == 1).SelectMany(p => Enumerable.Range(1, p.Text.Length - 1)
            .Select(at => (p.Text[..at], p.Text[at..], p.Score)).Where(m => ids.ContainsKey(m.Item1) && ids.ContainsKey(m.Item2)));
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = new JsonObject { ["direction"] = "Right", ["max_length"] = 3, ["strategy"] = "LongestFirst", ["stride"] = 0 },
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. Enumerable.Range(0, 3).Select(id => (JsonNode)TokenizerJson.Added(id, pieces[id].Text))]),
            ["normalizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["normalizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Prepend", ["prepend"] = "▁" },
                    new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = " " }, ["content"] = "▁" }),
            },
            ["pre_tokenizer"] = null,
            ["post_processor"] = new JsonObject
            {
                ["type"] = "TemplateProcessing",
                ["single"] = new JsonArray(
                    new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = "<s>", ["type_id"] = 0 } },
                    new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "A", ["type_id"] = 0 } }),
                ["special_tokens"] = new JsonObject { ["<s>"] = new JsonObject { ["id"] = "<s>", ["ids"] = new JsonArray(1) } },
            },
            ["decoder"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["decoders"] = new JsonArray(
                    new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = "▁" }, ["content"] = " " },
                    new JsonObject { ["type"] = "ByteFallback" },
                    new JsonObject { ["type"] = "Fuse" },
                    new JsonObject { ["type"] = "Strip", ["content"] = " ", ["start"] = 1, ["stop"] = 0 }),
            },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = "<unk>",
                ["fuse_unk"] = true,
                ["byte_fallback"] = true,
                ["vocab"] = new JsonObject(ids.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
                ["merges"] = new JsonArray([.. merges.OrderByDescending(m => m.Score).Select(m => (JsonNode)$"{m.Left} {m.Right}")]),
            },
        };
    }

    private static IEnumerable<(string Text, float Score, int Kind)> Pieces(byte[] model)
    {
        CodedInputStream input = new(model);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) != 1)
            {
                input.SkipLastField();
                continue;
            }

            CodedInputStream piece = input.ReadBytes().CreateCodedInput();
            (string text, float score, int kind) = ("", 0, 1);
            while (piece.ReadTag() is not 0 and var field)
            {
                switch (WireFormat.GetTagFieldNumber(field))
                {
                    case 1: text = piece.ReadString(); break;
                    case 2: score = piece.ReadFloat(); break;
                    default: kind = piece.ReadEnum(); break;
                }
            }

            yield return (text, score, kind);
        }
    }
}
