using Repro.Paper.Goldens;

namespace Repro.Paper.Tests.Goldens;

/// <summary>The one place where tests meet goldens: Verify.NUnit, or the project's own comparison of the same files.</summary>
internal static class Snapshot
{
#if SNAPSHOT_VERIFY
    static Snapshot()
    {
        VerifyTests.VerifierSettings.RegisterStringComparer("json", (received, verified, _) =>
        {
            IReadOnlyList<string> differences = received.Contains("\"experiment\"", StringComparison.Ordinal)
                ? GoldenComparer.Differences(GoldenFolder.FromJson<ExperimentGolden>(verified, "the golden"), GoldenFolder.FromJson<ExperimentGolden>(received, "the result"))
                : GoldenComparer.Differences(GoldenFolder.FromJson<ClaimsGolden>(verified, "the golden"), GoldenFolder.FromJson<ClaimsGolden>(received, "the result"));
            return Task.FromResult(differences.Count == 0
                ? VerifyTests.CompareResult.Equal
                : VerifyTests.CompareResult.NotEqual(string.Join('\n', differences)));
        });
    }

    public static async Task Match<T>(string id, T received)
    {
        VerifyTests.VerifySettings settings = new();
        settings.UseDirectory(Project.Goldens);
        settings.UseFileName(id);
        await VerifyNUnit.Verifier.Verify(GoldenFolder.ToJson(received), extension: "json", settings);
    }
#else
    private static readonly GoldenFolder Folder = new(Project.Goldens);

    public static Task Match<T>(string id, T received)
    {
        IReadOnlyList<string> differences = received switch
        {
            ExperimentGolden experiment => Folder.Check(experiment),
            ClaimsGolden claims => Folder.Check(claims),
            _ => throw new ArgumentException($"{typeof(T).Name} is not a golden.", nameof(received)),
        };
        Assert.That(differences, Is.Empty, () => $"{Folder.ReceivedPath(id)} holds the result. 'repro goldens accept {id}' makes it the golden.");
        return Task.CompletedTask;
    }
#endif
}
