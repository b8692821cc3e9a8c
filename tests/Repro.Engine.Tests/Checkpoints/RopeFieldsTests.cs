using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>The places where a <c>config.json</c> keeps the rotary embedding's settings.</summary>
public sealed class RopeFieldsTests
{
    private static readonly RopeScaling Published = new(32, 1, 4, 8192);

    [Test]
    public void The_older_name_of_the_type_is_read() => Read(json =>
    {
        JsonObject scaling = json["rope_scaling"]!.AsObject();
        scaling.Remove("rope_type");
        scaling["type"] = "llama3";
    }).RopeScaling.Should().Be(Published);

    [Test]
    public void The_newer_object_holds_scaling_and_theta()
    {
        LlamaConfig config = Read(json =>
        {
            JsonObject all = json["rope_scaling"]!.DeepClone().AsObject();
            all["rope_theta"] = 250_000.0;
            json["rope_parameters"] = all;
            json.Remove("rope_scaling");
            json.Remove("rope_theta");
        });
        config.RopeScaling.Should().Be(Published);
        config.RopeTheta.Should().Be(250_000);
    }

    [Test]
    public void The_default_type_stretches_nothing()
    {
        LlamaConfig config = Read(json =>
        {
            json.Remove("rope_scaling");
            json["rope_parameters"] = new JsonObject { ["rope_type"] = "default", ["rope_theta"] = 123.0 };
        });
        config.RopeScaling.Should().BeNull();
        config.RopeTheta.Should().Be(123);
    }

    private static LlamaConfig Read(Action<JsonObject> edit)
    {
        using TemporaryFolder folder = new();
        JsonObject json = PublishedConfigs.Get("LLaMA-3.2 1B");
        edit(json);
        File.WriteAllText(folder.File("config.json"), json.ToJsonString());
        return ConfigReader.Read(folder.File("config.json"));
    }
}
