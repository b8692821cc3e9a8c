namespace Repro.Cli.Tests;

/// <summary>A user's corpus of three languages.</summary>
public sealed class SubsetTests
{
    private static readonly string[] Small = ["--claims", "table-14-top-3,table-05-ru-only,table-12-ko-only", "--samples", "8", "--test-documents", "6", "--no-history"];

    [Test]
    public void Claims_are_decided_on_the_languages_there_are()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run(["verify", "--corpus", Corpus(folder), .. Small, "--cache", folder.File("cache"), "--out", folder.File("out")]);
        outcome.ExitCode.Should().BeOneOf([0, 1], outcome.Error);
        outcome.Error.Should().Contain("claims are decided on 3 of 30 languages, with regions of 2 of 6 and 2 of 2 texts");
        outcome.Output.Should().Contain("(on 3 of 30 texts)").And.MatchRegex("NotApplicable +Table 12:.*\n +the corpus lacks enough text of .*Korean").And.NotContain("Swahili");
        File.Exists(folder.File("out/index.html")).Should().BeTrue();
    }

    [Test]
    public void A_language_that_the_claims_are_not_about_is_named()
    {
        using TemporaryFolder folder = new();
        ReproOutcome outcome = ReproProcess.Run(["verify", "--corpus", Corpus(folder), .. Small, "--region-languages", "en", "--no-cache"]);
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("No region of 'en' is claimed about").And.Contain("repro atlas");
    }

    private static string Corpus(TemporaryFolder folder)
    {
        foreach (string language in new[] { "ru", "zh", "en" })
        {
            Directory.CreateDirectory(folder.File($"corpus/{language}"));
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Project.Folder, "fixtures", "corpora", language)))
                File.Copy(file, folder.File($"corpus/{language}/{Path.GetFileName(file)}"));
        }

        return folder.File("corpus");
    }
}
