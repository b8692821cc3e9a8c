using NJsonSchema;

namespace Repro.Cli.Tests;

/// <summary><c>repro report</c>.</summary>
public sealed class ReportCommandTests
{
    private const string Lost = """
        {
          "schema": "repro-results/2",
          "environment": { "version": "0", "runtime": "", "system": "", "processor": "", "torchSharp": "", "command": "repro audit", "variables": {} },
          "checkpoints": [{ "name": "lost", "error": "There is no config.json.", "figures": [], "densityMaps": [] }],
          "overlaps": [],
          "changes": []
        }
        """;

    [Test]
    public void Results_that_are_there_become_pages()
    {
        using TemporaryFolder folder = new();
        string results = folder.Write("results.json", Lost);
        ReproOutcome outcome = ReproProcess.Run("report", "--from", results, "--out", folder.File("pages"));
        outcome.ExitCode.Should().Be(0, outcome.Error);
        outcome.Output.Trim().Should().Be(folder.File("pages/index.html"));
        File.ReadAllText(folder.File("pages/index.html")).Should().Contain("There is no config.json.");
        Directory.GetFiles(folder.File("pages")).Select(Path.GetFileName).Should().BeEquivalentTo("index.html", "report.md", "results.json");
    }

    [Test]
    public void The_schema_is_printed_without_results()
    {
        ReproOutcome outcome = ReproProcess.Run("report", "schema");
        outcome.ExitCode.Should().Be(0, outcome.Error);
        JsonSchema schema = JsonSchema.FromJsonAsync(outcome.Output).GetAwaiter().GetResult();
        schema.Validate(Lost).Should().BeEmpty();
        schema.Validate("{}").Should().NotBeEmpty();
    }

    [TestCase("{}", "holds no results")]
    [TestCase("""{ "schema": "repro-results/1" }""", "is of the form 'repro-results/1'")]
    [TestCase(null, "can't be read")]
    public void What_is_no_results_file_is_said_in_a_sentence(string? json, string sentence)
    {
        using TemporaryFolder folder = new();
        string results = json is null ? folder.File("results.json") : folder.Write("results.json", json);
        ReproOutcome outcome = ReproProcess.Run("report", "--from", results, "--out", folder.File("pages"));
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain(results).And.Contain(sentence).And.NotContain("   at ");
        Directory.Exists(folder.File("pages")).Should().BeFalse();
    }
}
