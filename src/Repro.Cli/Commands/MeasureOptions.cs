using System.CommandLine;
using Repro.Cli.Completion;
using Repro.Cli.Terminal;
using Repro.Engine.Files;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Papers.LinguisticRegions;

namespace Repro.Cli.Commands;

/// <summary>The options that say which claims are measured, on which texts and where, whatever the checkpoint.</summary>
/// <param name="hasClaims">Whether claims can be named, and text for the experiments that train.</param>
internal sealed class MeasureOptions(bool hasClaims = true)
{
    private readonly Option<string> profile = new Option<string>("--profile") { Description = $"Scale to run at: {string.Join(", ", LinguisticRegionsPaper.OfProject.Profiles.Select(p => p.Name))}.", DefaultValueFactory = _ => LinguisticRegionsPaper.OfProject.Profiles[0].Name }.WithProfiles();
    private readonly Option<string[]> claims = new Option<string[]>("--claims") { Description = "Claims or tables, for example table-14,table-05-ru-only; default: all but those of --thorough.", AllowMultipleArgumentsPerToken = true }.WithClaims();
    private readonly Option<string?> corpus = new("--corpus") { Description = "Your corpus instead of the profile's." };
    private readonly Option<string?> further = new("--further-corpus") { Description = "Your text for the experiments that train on Chinese and Arabic." };
    private readonly Option<string[]> regionLanguages = new Option<string[]>("--region-languages") { Description = hasClaims ? "Those of the paper's six languages whose regions are located, for example ru,zh; default: all with enough training lines." : "Languages whose regions are located, for example ru,uk,pl; default: all with enough training lines.", AllowMultipleArgumentsPerToken = true }.WithLanguages();
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<string?> memory = CommonOptions.Memory();
    private readonly Option<string?> cache = new("--cache") { Description = $"Folder that results are kept in; default: {ResultStore.DefaultFolder()}." };
    private readonly Option<bool> noCache = new("--no-cache") { Description = "Measure everything again and keep nothing." };
    private readonly ScaleOptions scale = new();

    public void AddTo(Command command)
    {
        foreach (Option option in hasClaims ? new Option[] { profile, claims, corpus, further, regionLanguages, device, memory, cache, noCache } : [profile, corpus, regionLanguages, device, memory, cache, noCache])
            command.Add(option);
        scale.AddTo(command);
    }

    /// <summary>The languages whose regions are located; empty for all with enough training lines.</summary>
    public string[] RegionLanguages(ParseResult result) => Split(result.GetValue(regionLanguages));

    /// <summary>The claims of a profile that are asked for, on the texts that it has.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="of">The profile.</param>
    /// <param name="thorough">Whether all claims are meant where none is named.</param>
    public IReadOnlyList<Claim> Claims(ParseResult result, Profile of, bool thorough) => LinguisticRegionsPaper.OfProject.Select(of, Ids(result), thorough);

    /// <summary>The claims alone, for which nothing else need be there.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="thorough">Whether all claims are meant where none is named.</param>
    public IReadOnlyList<Claim> Claims(ParseResult result, bool thorough) =>
        LinguisticRegionsPaper.OfProject.Select(scale.Read(result).Of(LinguisticRegionsPaper.OfProject.Profile(result.GetRequiredValue(profile))), Ids(result), thorough);

    /// <summary>Whether no claim was named, so that all are meant.</summary>
    public bool AreAllClaims(ParseResult result) => Ids(result).Length == 0;

    /// <summary>What is measured of one checkpoint.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="checkpoint">The checkpoint's folder, or null for the profile's own.</param>
    /// <exception cref="InputException">Something given can't be used.</exception>
    public RunConfiguration Read(ParseResult result, string? checkpoint)
    {
        ProfileScale chosen = scale.Read(result);
        if (!result.GetValue(noCache))
            Interruption.Keeps("what was measured is kept");
        RunConfiguration configuration = RunConfiguration.Of(
            chosen.Of(LinguisticRegionsPaper.OfProject.Profile(result.GetRequiredValue(profile))), ProjectFolder.Find(), checkpoint, result.GetValue(corpus), result.GetValue(further));
        return configuration with
        {
            Device = result.GetRequiredValue(device),
            Memory = CommonOptions.ReadMemory(result, memory),
            Store = new ResultStore(result.GetValue(noCache) ? null : result.GetValue(cache) ?? ResultStore.DefaultFolder(), notice => Terminals.Say($"repro: {notice}")),
            IsProfileOwn = configuration.IsProfileOwn && chosen.IsProfileOwn,
        };
    }

    /// <summary>What is measured of one checkpoint on those of the paper's texts that its corpus has; says so where they are not all.</summary>
    /// <inheritdoc cref="Read"/>
    public RunConfiguration ReadAvailable(ParseResult result, string? checkpoint)
    {
        RunConfiguration configuration = Read(result, checkpoint);
        if (configuration.IsProfileOwn && RegionLanguages(result).Length == 0)
            return configuration;
        (RunConfiguration available, string? note) = AvailableTexts.Of(configuration, RegionLanguages(result));
        if (note is not null)
            Terminals.Say($"repro: {note}");
        return available;
    }

    private string[] Ids(ParseResult result) => Split(result.GetValue(claims));

    private static string[] Split(string[]? values) => [.. (values ?? []).SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries))];
}
