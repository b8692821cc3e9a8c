using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Repro.Fuzz.Tests.Inputs;

/// <summary>JSON of the right structure with one value, somewhere in it, wrong.</summary>
internal static class JsonInputs
{
    private const string Place = "@place@";
    private const int Deepest = 12;
    private const int Choices = 10_000;

    private static readonly string[] Wrong =
    [
        "null", "true", "false", "-1", "0", "1", "2", "3", "0.5", "-0.0", "100", "4096", "1000000", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "1e400", "1e-400", "1e9", "79228162514264337593543950336", "\"\"", "\"a\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\nb\\u001b[31m\"",
        "\"../../etc/passwd\"", "\"/dev/zero\"", "\"NaN\"", "\"Infinity\"", "\"12\"", "[]", "{}", "[null]", "[1]", "[\"a\",\"a\"]", "{\"a\":null}", "{\"a\":1,\"a\":2}", "[[[[[[[[[[]]]]]]]]]]",
        "\"" + new string('x', 20_000) + "\"", new string('[', 5_000) + new string(']', 5_000), new string('9', 2_000),
    ];

    /// <summary>One of some JSON texts with one thing wrong; now and then with nothing wrong.</summary>
    public static Gen<byte[]> OneThingWrong(params IReadOnlyList<string> valid) =>
        from json in Gen.Elements(valid.AsEnumerable())
        from way in Gen.ArrayOf(Gen.Choose(0, Choices), Deepest)
        from raw in Gen.Elements(Wrong)
        from kind in Gen.Frequency((1, Gen.Constant(Edit.None)), (12, Gen.Constant(Edit.Replaced)), (3, Gen.Constant(Edit.Removed)), (2, Gen.Constant(Edit.Repeated)), (2, Gen.Constant(Edit.Renamed)), (1, Gen.Constant(Edit.Wrapped)))
        select Encoding.UTF8.GetBytes(Edited(json, way, kind, raw));

    private static string Edited(string json, int[] way, Edit kind, string raw)
    {
        JsonNode root = JsonNode.Parse(json)!;
        if (kind == Edit.None || Descend(root, way) is not { } node)
            return json;
        string own = node.ToJsonString();
        string name = node.Parent is JsonObject ? node.GetPropertyName() : "";
        switch (node.Parent)
        {
            case JsonObject parent when kind == Edit.Removed:
                parent.Remove(name);
                return root.ToJsonString();
            case JsonArray parent when kind == Edit.Removed:
                parent.RemoveAt(node.GetElementIndex());
                return root.ToJsonString();
            case JsonObject parent when kind == Edit.Renamed:
                parent.Remove(name);
                parent[name + "x"] = node;
                return root.ToJsonString();
        }

        node.ReplaceWith(Place);
        string text = kind switch
        {
            Edit.Repeated when name.Length > 0 => $"{own},{JsonValue.Create(name).ToJsonString()}:{raw}",
            Edit.Repeated => $"{own},{own}",
            Edit.Wrapped => $"[{own}]",
            _ => raw,
        };
        return root.ToJsonString().Replace($"\"{Place}\"", text, StringComparison.Ordinal);
    }

    // A node below the root; every level is as likely to be the last, so that a long list does not hide the few fields around it.
    private static JsonNode? Descend(JsonNode root, int[] way)
    {
        JsonNode? node = null;
        JsonNode at = root;
        foreach (int step in way)
        {
            JsonNode[] below = at switch
            {
                JsonObject o => [.. o.Select(p => p.Value).OfType<JsonNode>()],
                JsonArray a => [.. a.OfType<JsonNode>()],
                _ => [],
            };
            if (below.Length == 0)
                break;
            at = node = below[step % below.Length];
            if (step / 7 % 4 == 0)
                break;
        }

        return node;
    }

    private enum Edit
    {
        None,
        Replaced,
        Removed,
        Repeated,
        Renamed,
        Wrapped,
    }
}
