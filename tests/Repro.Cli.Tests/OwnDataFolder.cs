namespace Repro.Cli.Tests;

/// <summary>Whatever a test starts records its runs in a folder that goes with the tests, not in the developer's own history.</summary>
[SetUpFixture]
public sealed class OwnDataFolder
{
    private const string Variable = "XDG_DATA_HOME";
    private readonly string? before = Environment.GetEnvironmentVariable(Variable);
    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void UseATemporaryFolder()
    {
        folder = new TemporaryFolder();
        Environment.SetEnvironmentVariable(Variable, folder.Path);
    }

    [OneTimeTearDown]
    public void GiveItBack()
    {
        Environment.SetEnvironmentVariable(Variable, before);
        folder.Dispose();
    }
}
