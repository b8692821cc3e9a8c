using Repro.Harness.Claims;
using Repro.Harness.Goldens;
#if SNAPSHOT_VERIFY
using System.Runtime.CompilerServices;
using VerifyTests;
#endif

namespace LinguisticRegions.Claims;

/// <summary>The one place where tests meet goldens: Verify.NUnit, or the project's own comparison of the same files.</summary>
internal static class Snapshot
{
#if SNAPSHOT_VERIFY
    /// <summary>Teaches Verify how claims and tables are written, and that numbers are compared within their tolerances.</summary>
    [ModuleInitializer]
    internal static void Initialize()
    {
        VerifierSettings.RegisterFileConverter<ClaimSnapshot>((claim, _) => new(null, "txt", claim.ToText()));
        VerifierSettings.RegisterFileConverter<TableResult>((table, _) => new(null, "json", GoldenFolder.ToJson(table)));
        VerifierSettings.RegisterStringComparer("txt", (received, verified, _) => Compare(GoldenComparer.Differences(
            ClaimSnapshot.Parse(verified, "the golden"), ClaimSnapshot.Parse(received, "the result"))));
        VerifierSettings.RegisterStringComparer("json", (received, verified, _) => Compare(GoldenComparer.Differences(
            GoldenFolder.FromJson<TableResult>(verified, "the golden"), GoldenFolder.FromJson<TableResult>(received, "the result"))));
    }

    public static Task Match(Claim claim, ClaimSnapshot received) => Verify(GoldenName.OfClaim(claim.Id), received);

    public static Task Match(TableResult received) => Verify(GoldenName.OfTable(received.Table), received);

    private static async Task Verify<T>(GoldenName name, T received)
    {
        VerifySettings settings = new();
        settings.UseDirectory(Path.GetDirectoryName(TinyProfile.Goldens.VerifiedPath(name))!);
        settings.UseFileName(name.Id);
        await VerifyNUnit.Verifier.Verify(received, settings);
    }

    private static Task<CompareResult> Compare(IReadOnlyList<string> differences) =>
        Task.FromResult(differences.Count == 0 ? CompareResult.Equal : CompareResult.NotEqual(string.Join('\n', differences)));
#else
    public static Task Match(Claim claim, ClaimSnapshot received)
    {
        TestContext.Out.WriteLine(received.ToText());
        Match(TinyProfile.Goldens.Compare(claim.Id, received));
        return Task.CompletedTask;
    }

    public static Task Match(TableResult received)
    {
        Match(TinyProfile.Goldens.Compare(received));
        return Task.CompletedTask;
    }
#endif

    /// <summary>A result must be its golden; one that differs is written beside it.</summary>
    public static void Match(ComparedGolden compared)
    {
        TinyProfile.Goldens.WriteReceived([compared]);
        Assert.That(
            compared.Differences,
            Is.Empty,
            () => $"{TinyProfile.Goldens.ReceivedPath(compared.Name)} holds the result. 'repro goldens accept {compared.Name.Id}' makes it the golden.");
    }
}
