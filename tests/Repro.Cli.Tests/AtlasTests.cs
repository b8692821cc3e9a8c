using System.Text.Json;

namespace Repro.Cli.Tests;

/// <summary>The atlas as a user makes it.</summary>
public sealed class AtlasTests
{
    private static readonly string[] Small = ["--samples", "20", "--test-documents", "4", "--region-languages", "ru,zh", "--quiet"];

    [Test]
    public void It_writes_a_page_and_its_numbers()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run(["atlas", .. Small, "--cache", folder.File("cache"), "--out", folder.File("atlas")]);
        outcome.ExitCode.Should().Be(0, outcome.Error);
        outcome.Output.Should().StartWith("30 languages, 2 regions").And.MatchRegex(@"Russian region +Russian ×[\d.]+").And.MatchRegex("Chinese region");
        using JsonDocument atlas = JsonDocument.Parse(File.ReadAllText(folder.File("atlas/atlas.json")));
        atlas.RootElement.GetProperty("schema").GetString().Should().Be("repro-atlas/1");
        atlas.RootElement.GetProperty("languages").GetArrayLength().Should().Be(30);
        atlas.RootElement.GetProperty("profiles").GetArrayLength().Should().Be(2);
        File.ReadAllText(folder.File("atlas/index.html")).Should().Contain("Which languages are hurt alike").And.Contain("Ukrainian");
    }

    [Test]
    public void A_language_that_the_corpus_lacks_is_named()
    {
        ReproOutcome outcome = ReproProcess.Run("atlas", "--region-languages", "ru,xx", "--no-cache");
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("has no language 'xx'");
    }
}
