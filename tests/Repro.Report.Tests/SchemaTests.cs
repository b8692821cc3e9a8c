using System.Text.Json.Nodes;
using NJsonSchema;
using Repro.Report.Model;

namespace Repro.Report.Tests;

/// <summary>results.json against the schema that other programs read.</summary>
public sealed class SchemaTests
{
    private JsonSchema schema = null!;

    [OneTimeSetUp]
    public async Task ReadSchema() => schema = await JsonSchema.FromJsonAsync(ResultsFile.Schema());

    [Test]
    public void Results_of_one_checkpoint_are_valid() => Errors(ResultsFile.ToJson(SampleResults.One)).Should().BeEmpty();

    [Test]
    public void Results_of_several_checkpoints_one_of_them_lost_are_valid() =>
        Errors(ResultsFile.ToJson(SampleResults.Three)).Should().BeEmpty();

    [TestCase("schema", "\"repro-results/0\"")]
    [TestCase("checkpoints", "{}")]
    [TestCase("checkpoints.0.name", "7")]
    [TestCase("checkpoints.0.surprise", "true")]
    [TestCase("checkpoints.0.report.verdicts.0.verdict", "\"Maybe\"")]
    [TestCase("checkpoints.0.report.verdicts.0.rows.0.value", "\"much\"")]
    [TestCase("checkpoints.0.report.verdicts.0.rows.0.kind", null)]
    [TestCase("checkpoints.0.report.provenance.checkpoint", "\"abc\"")]
    [TestCase("checkpoints.0.report.tables.0.texts.Arabic.tokens", "-1")]
    [TestCase("checkpoints.0.figures.0.panels.0.series.0.points.0.nats", "4.1")]
    [TestCase("checkpoints.0.densityMaps.0.density.0.0", "2")]
    [TestCase("overlaps.0.jaccard", "1.5")]
    [TestCase("checkpoints.0.report.tables.0.tolerances.base.value", "-0.1")]
    [TestCase("checkpoints.0.report.robustness.claims.table-14-top-3.absolute", "\"Maybe\"")]
    [TestCase("checkpoints.0.report.verdicts.0.kind", "\"OfTheMethod\"")]
    [TestCase("checkpoints.0.report.verdicts.0.tableId", null)]
    [TestCase("checkpoints.0.report.tables.0.conditions.base", "\"Firm\"")]
    [TestCase("checkpoints.0.report.provenance.readings", "\"Signed\"")]
    [TestCase("checkpoints.0.report.provenance.surprise", "true")]
    [TestCase("environment", null)]
    public void Damaged_results_are_not(string path, string? value)
    {
        JsonNode root = JsonNode.Parse(ResultsFile.ToJson(SampleResults.Three))!;
        Set(root, path, value);
        Errors(root.ToJsonString()).Should().NotBeEmpty();
    }

    [Test]
    public void What_has_no_value_is_left_out_and_never_null() =>
        Errors(ResultsFile.ToJson(SampleResults.One).Replace("\"e7a10bf\"", "null", StringComparison.Ordinal)).Should().NotBeEmpty();

    [Test]
    public void Every_object_says_what_it_may_hold()
    {
        JsonNode root = JsonNode.Parse(ResultsFile.Schema())!;
        root["$schema"]!.GetValue<string>().Should().Be("https://json-schema.org/draft/2020-12/schema");
        Objects(root).Where(o => o["type"] is JsonValue type && type.GetValue<string>() == "object")
            .Should().AllSatisfy(o => o.Select(p => p.Key).Should().Contain("additionalProperties", o.GetPath()));
    }

    private IEnumerable<string> Errors(string json) => schema.Validate(json).Select(e => e.ToString());

    private static void Set(JsonNode root, string path, string? value)
    {
        string[] steps = path.Split('.');
        JsonNode parent = steps.SkipLast(1)
            .Aggregate(root, (node, step) => node is JsonArray array
                ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
        JsonNode? changed = value is null ? null : JsonNode.Parse(value);
        if (parent is JsonArray list)
            list[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = changed;
        else if (changed is null)
            parent.AsObject().Remove(steps[^1]);
        else
            parent[steps[^1]] = changed;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.Select(p => p.Value).SelectMany(Objects).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };
}
