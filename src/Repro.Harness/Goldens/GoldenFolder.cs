using System.Text.Json;
using Repro.Engine.Files;
using Repro.Harness.Json;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;

namespace Repro.Harness.Goldens;

/// <summary>Where a golden stands.</summary>
/// <param name="Name">The golden.</param>
/// <param name="Verified">Whether there is a golden.</param>
/// <param name="Received">Whether a differing result waits beside it.</param>
/// <param name="Orphan">Whether nothing has this name.</param>
public sealed record GoldenStatus(GoldenName Name, bool Verified, bool Received, bool Orphan);

/// <summary>A result beside its golden.</summary>
/// <param name="Name">The golden.</param>
/// <param name="Received">The result as its file would have it.</param>
/// <param name="Differences">One sentence per difference; empty where they match.</param>
public sealed record ComparedGolden(GoldenName Name, string Received, IReadOnlyList<string> Differences);

/// <summary>
/// The goldens of one profile: <c>NAME.verified.json</c> or <c>.txt</c>, with <c>NAME.received.*</c> beside it after a mismatch. Comparing only reads; what
/// differs is written by <see cref="WriteReceived"/>.
/// </summary>
/// <param name="folder">The folder, <c>goldens/tiny</c> say.</param>
/// <param name="known">Names that goldens may have.</param>
/// <param name="receivedFolder">Where results that differ are written, if elsewhere; goldens can't be accepted from there.</param>
public sealed class GoldenFolder(string folder, IReadOnlyList<GoldenName> known, string? receivedFolder = null)
{
    /// <summary>Most bytes a golden, or a file of several, may have.</summary>
    public const long MaxLength = 64 << 20;

    private static readonly JsonSerializerOptions Options = new(JsonForm.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,

        // A model that explodes may lose every number.
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The goldens of a profile.</summary>
    /// <param name="paper">Names the tables and claims.</param>
    /// <param name="profile">The profile.</param>
    /// <exception cref="InputException">The project's folder was not found.</exception>
    public static GoldenFolder Of(Paper paper, Profile profile) => new(
        Path.Combine(ProjectFolder.Find(), "goldens", profile.Name), Names(paper, profile), Path.Combine(ProjectFolder.ForReceived(), "goldens", profile.Name));

    /// <summary>The goldens that a paper has under a profile.</summary>
    public static IReadOnlyList<GoldenName> Names(Paper paper, Profile profile)
    {
        IReadOnlyList<PaperTable> tables = paper.Tables(profile);
        return
        [
            .. tables.Select(t => GoldenName.OfTable(t.Id)),
            .. tables.SelectMany(t => t.Claims).Select(c => GoldenName.OfClaim(c.Id)),
            GoldenName.Robustness,
            GoldenName.Untrained,
        ];
    }

    /// <summary>The JSON of a golden, as its file has it.</summary>
    public static string ToJson<T>(T golden) => JsonSerializer.Serialize(golden, Options) + "\n";

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static T? Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Options);

    /// <summary>Reads the JSON of a golden.</summary>
    /// <exception cref="InputException">It is not one.</exception>
    public static T FromJson<T>(string json, string where)
    {
        try
        {
            return Parse<T>(json) ?? throw new InputException($"{where} is empty; restore it from the repository.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{where} is not a golden ({e.Message.TrimEnd('.')}); restore it from the repository.", e);
        }
    }

    /// <summary>The file of a golden.</summary>
    public string VerifiedPath(GoldenName name) => PathOf(folder, name, "verified");

    /// <summary>The file of a result that differs.</summary>
    public string ReceivedPath(GoldenName name) => PathOf(receivedFolder ?? folder, name, "received");

    /// <summary>A golden in JSON, or null where there is none.</summary>
    /// <exception cref="InputException">Its file is damaged.</exception>
    public T? Read<T>(GoldenName name)
        where T : class => ReadText(name) is { } text ? FromJson<T>(text, VerifiedPath(name)) : null;

    /// <summary>A claim's golden, or null where there is none.</summary>
    /// <exception cref="InputException">Its file is damaged.</exception>
    public ClaimSnapshot? ReadClaim(string id) =>
        ReadText(GoldenName.OfClaim(id)) is { } text ? ClaimSnapshot.Parse(text, VerifiedPath(GoldenName.OfClaim(id))) : null;

    /// <summary>Compares a table with its golden.</summary>
    public ComparedGolden Compare(TableResult received) => Compare(GoldenName.OfTable(received.Table), received, ToJson(received), Read<TableResult>, GoldenComparer.Differences);

    /// <summary>Compares a claim's verdict with its golden.</summary>
    /// <param name="id">The claim.</param>
    /// <param name="received">The verdict.</param>
    public ComparedGolden Compare(string id, ClaimSnapshot received) =>
        Compare(GoldenName.OfClaim(id), received, received.ToText(), _ => ReadClaim(id), GoldenComparer.Differences);

    /// <summary>Compares verdicts under other readings with their golden.</summary>
    public ComparedGolden Compare(RobustnessGolden received) => Compare(GoldenName.Robustness, received, ToJson(received), Read<RobustnessGolden>, GoldenComparer.Differences);

    /// <summary>Compares verdicts on an untrained checkpoint with their golden; claims that were not decided stay as they are there.</summary>
    /// <param name="received">The verdicts.</param>
    /// <param name="isWhole">Whether every claim of the control was decided.</param>
    public ComparedGolden Compare(UntrainedGolden received, bool isWhole)
    {
        UntrainedGolden? golden = Read<UntrainedGolden>(GoldenName.Untrained);
        return isWhole || golden is null
            ? Compare(GoldenName.Untrained, received, ToJson(received), _ => golden, GoldenComparer.Differences)
            : Compare(GoldenName.Untrained, received, ToJson(received.Over(golden)), _ => golden.Of([.. received.Claims.Keys]), GoldenComparer.Differences);
    }

    /// <summary>Writes results that differ beside their goldens, and removes those of results that match.</summary>
    public void WriteReceived(IEnumerable<ComparedGolden> compared)
    {
        foreach (ComparedGolden golden in compared)
        {
            if (golden.Differences.Count > 0)
                AtomicFile.WriteText(ReceivedPath(golden.Name), golden.Received);
            else if (File.Exists(ReceivedPath(golden.Name)))
                File.Delete(ReceivedPath(golden.Name));
        }
    }

    /// <summary>Every golden there is and every one there should be.</summary>
    public IReadOnlyList<GoldenStatus> Status()
    {
        GoldenName[] strangers = [.. Present("verified").Concat(Present("received")).Distinct().Except(known)];
        return
        [
            .. known.Concat(strangers).Select(n => new GoldenStatus(n, File.Exists(VerifiedPath(n)), File.Exists(ReceivedPath(n)), strangers.Contains(n)))
                .OrderBy(s => s.Name.Folder, StringComparer.Ordinal).ThenBy(s => s.Name.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Makes received results the goldens.</summary>
    /// <param name="ids">Ids of tables, claims or other goldens; none means all that wait.</param>
    /// <returns>The goldens accepted.</returns>
    /// <exception cref="InputException">One of them has no received result, or this is CI.</exception>
    public IReadOnlyList<GoldenName> Accept(IReadOnlyCollection<string> ids)
    {
        if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
            throw new InputException("Goldens are not accepted in CI; accept them where you work and commit them with the reason.");
        if (receivedFolder is not null && receivedFolder != folder)
            throw new InputException("These goldens came with the installed tool and stay as they are; accept results in the project's own folder.");
        GoldenName[] waiting = [.. Status().Where(s => s.Received).Select(s => s.Name)];
        if (ids.FirstOrDefault(id => !waiting.Any(n => n.Id == id)) is { } missing)
            throw new InputException($"There is no received result of '{missing}' in {receivedFolder ?? folder}; 'repro verify' writes one when a result differs from its golden.");
        GoldenName[] accepted = [.. waiting.Where(n => ids.Count == 0 || ids.Contains(n.Id))];
        foreach (GoldenName name in accepted)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(VerifiedPath(name))!);
            File.Move(ReceivedPath(name), VerifiedPath(name), overwrite: true);
        }

        return accepted;
    }

    private static string PathOf(string folder, GoldenName name, string state) => Path.Combine(folder, name.Folder, $"{name.Id}.{state}.{name.Extension}");

    private static ComparedGolden Compare<T>(GoldenName name, T received, string text, Func<GoldenName, T?> read, Func<T, T, IReadOnlyList<string>> compare)
        where T : class => new(name, text, read(name) is { } golden ? compare(golden, received) : ["there is no golden yet"]);

    private string? ReadText(GoldenName name) => File.Exists(VerifiedPath(name)) ? InputFile.ReadText(VerifiedPath(name), MaxLength) : null;

    private IEnumerable<GoldenName> Present(string state) =>
        from root in new[] { folder, receivedFolder ?? folder }.Distinct().Where(Directory.Exists)
        from path in Directory.EnumerateFiles(root, $"*.{state}.*", SearchOption.AllDirectories)
        let parts = Path.GetFileName(path).Split($".{state}.")
        let below = Path.GetRelativePath(root, Path.GetDirectoryName(path)!)
        select new GoldenName(below == "." ? "" : below, parts[0], parts[1]);
}
