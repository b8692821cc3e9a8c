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
            IReadOnlyList<string> differences = Difference(verified, received);
            return Task.FromResult(differences.Count == 0
                ? VerifyTests.CompareResult.Equal
                : VerifyTests.CompareResult.NotEqual(string.Join('\n', differences)));
        });
    }

    // What tells the kinds of golden apart is a member that only one of them has.
    private static IReadOnlyList<string> Difference(string verified, string received)
    {
        T Read<T>(string json) => GoldenFolder.FromJson<T>(json, "the golden");
        if (received.Contains("\"experiment\"", StringComparison.Ordinal))
            return GoldenComparer.Differences(Read<ExperimentGolden>(verified), Read<ExperimentGolden>(received));
        if (received.Contains("\"dependent\"", StringComparison.Ordinal))
            return GoldenComparer.Differences(Read<RobustnessGolden>(verified), Read<RobustnessGolden>(received));
        return received.Contains("\"confirmed\"", StringComparison.Ordinal)
            ? GoldenComparer.Differences(Read<UntrainedGolden>(verified), Read<UntrainedGolden>(received))
            : GoldenComparer.Differences(Read<ClaimsGolden>(verified), Read<ClaimsGolden>(received));
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
            RobustnessGolden robustness => Folder.Check(robustness),
            UntrainedGolden untrained => Folder.Check(untrained),
            _ => throw new ArgumentException($"{typeof(T).Name} is not a golden.", nameof(received)),
        };
        Assert.That(differences, Is.Empty, () => $"{Folder.ReceivedPath(id)} holds the result. 'repro goldens accept {id}' makes it the golden.");
        return Task.CompletedTask;
    }
#endif
}
