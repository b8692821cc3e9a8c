using System.Text.Json;
using Repro.Engine.Files;
using Repro.Paper.Experiments;
using Repro.Paper.Json;
using Repro.Paper.Profiles;

namespace Repro.Paper.Goldens;

/// <summary>Where a golden stands.</summary>
/// <param name="Id">The experiment, or <c>claims</c>.</param>
/// <param name="Verified">Whether there is a golden.</param>
/// <param name="Received">Whether a differing result waits beside it.</param>
/// <param name="Orphan">Whether no experiment has this name.</param>
public sealed record GoldenStatus(string Id, bool Verified, bool Received, bool Orphan);

/// <summary>
/// The goldens of one profile: <c>NAME.verified.json</c>, with <c>NAME.received.json</c> beside it after a mismatch.
/// </summary>
/// <param name="folder">The folder, <c>goldens/tiny</c> say.</param>
/// <param name="receivedFolder">Where results that differ are written, if elsewhere; goldens can't be accepted from there.</param>
public sealed class GoldenFolder(string folder, string? receivedFolder = null)
{
    /// <summary>Most bytes a golden, or a file of several, may have.</summary>
    public const long MaxLength = 64 << 20;

    private const string VerifiedSuffix = ".verified.json";
    private const string ReceivedSuffix = ".received.json";

    private static readonly JsonSerializerOptions Options = new(JsonForm.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,

        // A model that explodes may lose every number.
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Names that goldens may have.</summary>
    public static IReadOnlyList<string> KnownIds { get; } = [.. PaperExperiments.Ids, ClaimsGolden.Id, RobustnessGolden.Id, UntrainedGolden.Id];

    /// <summary>The goldens of a profile.</summary>
    /// <param name="profile">The profile's name.</param>
    /// <exception cref="InputException">The project's folder was not found.</exception>
    public static GoldenFolder Of(string profile) => new(
        Path.Combine(ProjectFolder.Find(), "goldens", profile), Path.Combine(ProjectFolder.ForReceived(), "goldens", profile));

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
    public string VerifiedPath(string id) => Path.Combine(folder, id + VerifiedSuffix);

    /// <summary>The file of a result that differs.</summary>
    public string ReceivedPath(string id) => Path.Combine(receivedFolder ?? folder, id + ReceivedSuffix);

    /// <summary>A golden, or null where there is none.</summary>
    /// <exception cref="InputException">Its file is damaged.</exception>
    public T? Read<T>(string id)
        where T : class => File.Exists(VerifiedPath(id)) ? FromJson<T>(InputFile.ReadText(VerifiedPath(id), MaxLength), VerifiedPath(id)) : null;

    /// <summary>Compares a result with its golden; a result that differs is written beside it, a match removes one left there before.</summary>
    /// <returns>One sentence per difference; empty where they match.</returns>
    public IReadOnlyList<string> Check(ExperimentGolden received) => Check(received.Experiment, received, GoldenComparer.Differences);

    /// <inheritdoc cref="Check(ExperimentGolden)"/>
    /// <remarks>A run of some claims leaves the expectations of the others as they are.</remarks>
    public IReadOnlyList<string> Check(ClaimsGolden received) =>
        Check(ClaimsGolden.Id, Read<ClaimsGolden>(ClaimsGolden.Id) is { } golden ? received.Over(golden) : received, GoldenComparer.Differences);

    /// <inheritdoc cref="Check(ExperimentGolden)"/>
    public IReadOnlyList<string> Check(RobustnessGolden received) => Check(RobustnessGolden.Id, received, GoldenComparer.Differences);

    /// <inheritdoc cref="Check(ExperimentGolden)"/>
    public IReadOnlyList<string> Check(UntrainedGolden received) => Check(UntrainedGolden.Id, received, GoldenComparer.Differences);

    /// <summary>Every golden there is and every one there should be.</summary>
    public IReadOnlyList<GoldenStatus> Status()
    {
        string[] present =
        [
            .. new[] { folder, receivedFolder ?? folder }.Distinct().Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Select(Path.GetFileName).OfType<string>(),
        ];
        IEnumerable<string> ids = present.Select(n => n.Split('.')[0]).Concat(KnownIds).Distinct().Order(StringComparer.Ordinal);
        return [.. ids.Select(id => new GoldenStatus(id, present.Contains(id + VerifiedSuffix), present.Contains(id + ReceivedSuffix), !KnownIds.Contains(id)))];
    }

    /// <summary>Makes received results the goldens.</summary>
    /// <param name="ids">Which; none means all that wait.</param>
    /// <returns>The ids accepted.</returns>
    /// <exception cref="InputException">One of them has no received result, or this is CI.</exception>
    public IReadOnlyList<string> Accept(IReadOnlyCollection<string> ids)
    {
        if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
            throw new InputException("Goldens are not accepted in CI; accept them where you work and commit them with the reason.");
        if (receivedFolder is not null && receivedFolder != folder)
            throw new InputException("These goldens came with the installed tool and stay as they are; accept results in the project's own folder.");
        string[] accepted = ids.Count > 0 ? [.. ids] : [.. Status().Where(s => s.Received).Select(s => s.Id)];
        if (accepted.FirstOrDefault(id => !File.Exists(ReceivedPath(id))) is { } missing)
            throw new InputException($"There is no {ReceivedPath(missing)}; 'repro verify' writes one when a result differs from its golden.");
        foreach (string id in accepted)
            File.Move(ReceivedPath(id), VerifiedPath(id), overwrite: true);
        return accepted;
    }

    private List<string> Check<T>(string id, T received, Func<T, T, IReadOnlyList<string>> compare)
        where T : class
    {
        T? golden = Read<T>(id);
        List<string> differences = golden is null ? ["there is no golden yet"] : [.. compare(golden, received)];
        if (differences.Count > 0)
            AtomicFile.WriteText(ReceivedPath(id), ToJson(received));
        else if (File.Exists(ReceivedPath(id)))
            File.Delete(ReceivedPath(id));
        return differences;
    }
}
