using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Repro.Report.Model;

/// <summary>
/// The JSON Schema (draft 2020-12) of <c>results.json</c>: what its types say, and what the attributes <see cref="RangeAttribute"/>,
/// <see cref="RegularExpressionAttribute"/> and <see cref="AllowedValuesAttribute"/> on their members say of a value.
/// </summary>
internal static class ResultsSchema
{
    /// <summary>The schema.</summary>
    /// <param name="options">The settings that results are written with.</param>
    public static JsonNode Of(JsonSerializerOptions options)
    {
        JsonObject schema = options.GetJsonSchemaAsNode(typeof(Results), new JsonSchemaExporterOptions { TransformSchemaNode = AsWritten }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Results of repro verify and repro audit");
        return schema;
    }

    private static JsonObject AsWritten(JsonSchemaExporterContext context, JsonNode node)
    {
        JsonObject schema = node.AsObject();
        LeaveOutNull(schema);
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema["required"] = Array(context.TypeInfo.Properties.Where(p => p.IsRequired).Select(p => p.Name));
            schema["additionalProperties"] = false;
        }

        // Each counts something.
        if (schema["type"]?.ToString() == "integer")
            schema["minimum"] = 0;
        if (context.PropertyInfo is { } property)
        {
            foreach (object attribute in Attributes(property))
                Restrict(schema, attribute);
        }

        return schema;
    }

    // What is null is not written.
    private static void LeaveOutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
            schema["type"] = types.Single(t => t!.ToString() != "null")!.DeepClone();
        if (schema["enum"] is JsonArray values)
            schema["enum"] = new JsonArray([.. values.Where(v => v is not null).Select(v => v!.DeepClone())]);
        if (schema["anyOf"] is JsonArray several)
            schema["anyOf"] = new JsonArray([.. several.Where(s => s!["type"]?.ToString() != "null").Select(s => s!.DeepClone())]);
    }

    private static void Restrict(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case RangeAttribute range:
                JsonObject number = Innermost(schema);
                number.Clear();
                number["type"] = "number";
                number["minimum"] = (double)range.Minimum;
                if ((double)range.Maximum < double.MaxValue)
                    number["maximum"] = (double)range.Maximum;
                break;
            case RegularExpressionAttribute expression:
                schema["pattern"] = expression.Pattern;
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = Array(allowed.Values.OfType<string>());
                break;
        }
    }

    // The range of a table is that of its numbers.
    private static JsonObject Innermost(JsonObject schema) => schema["items"] is JsonObject items ? Innermost(items) : schema;

    private static IEnumerable<object> Attributes(JsonPropertyInfo property) =>
        (property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? []).Concat(property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? []);

    private static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);
}
