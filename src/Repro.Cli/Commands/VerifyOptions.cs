using System.CommandLine;
using Repro.Cli.Completion;
using Repro.Cli.Terminal;
using Repro.Engine.Storage;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Profiles;
using Repro.Paper.Results;
using Repro.Paper.Verification;

namespace Repro.Cli.Commands;

/// <summary>What a verification is asked to do.</summary>
/// <param name="Setup">Checkpoint, corpora, profile, device and store.</param>
/// <param name="Claims">The claims to decide.</param>
/// <param name="WithControls">Whether the untrained checkpoint and the other readings are part of it.</param>
internal sealed record VerifyRequest(Setup Setup, IReadOnlyList<Claim> Claims, bool WithControls)
{
    /// <summary>What to call the checkpoint: its folder's name.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Setup.Checkpoint)));

    /// <summary>Cuts it into stages of tasks.</summary>
    public StagedWork Stages(int tasksPerStage) => StagedWork.Of(Setup, Claims, WithControls, tasksPerStage);
}

/// <summary>The options that say what is verified.</summary>
internal sealed class VerifyOptions
{
    private readonly Option<string> profile = new Option<string>("--profile") { Description = $"Scale to run at: {string.Join(", ", PaperProfiles.All.Select(p => p.Name))}.", DefaultValueFactory = _ => PaperProfiles.Tiny.Name }.WithProfiles();
    private readonly Option<string[]> claims = new Option<string[]>("--claims") { Description = "Claims or tables, for example table-14,table-05-ru-own; default: all, and the controls.", AllowMultipleArgumentsPerToken = true }.WithClaims();
    private readonly Option<string?> checkpoint = new("--checkpoint") { Description = "Your checkpoint instead of the profile's." };
    private readonly Option<string?> corpus = new("--corpus") { Description = "Your corpus instead of the profile's." };
    private readonly Option<string?> further = new("--further-corpus") { Description = "Your text for the experiments that train on Chinese and Arabic." };
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<string?> memory = CommonOptions.Memory();
    private readonly Option<string?> cache = new("--cache") { Description = $"Folder that results are kept in; default: {ResultStore.DefaultFolder()}." };
    private readonly Option<bool> noControls = new("--no-controls") { Description = "Leave out the untrained checkpoint and the other readings of the paper." };
    private readonly Option<bool> noCache = new("--no-cache") { Description = "Measure everything again and keep nothing." };
    private readonly ScaleOptions scale = new();

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { profile, claims, checkpoint, corpus, further, device, memory, cache, noCache, noControls })
            command.Add(option);
        scale.AddTo(command);
    }

    /// <summary>The claims alone, for which nothing else need be there.</summary>
    public IReadOnlyList<Claim> Claims(ParseResult result) => PaperClaims.Select(scale.Read(result).Of(PaperProfiles.Get(result.GetRequiredValue(profile))), Ids(result));

    /// <summary>Everything.</summary>
    /// <exception cref="InputException">Something given can't be used.</exception>
    public VerifyRequest Read(ParseResult result)
    {
        ProfileScale chosen = scale.Read(result);
        if (!result.GetValue(noCache))
            Interruption.Keeps("what was measured is kept");
        Setup setup = Setup.Of(
            chosen.Of(PaperProfiles.Get(result.GetRequiredValue(profile))), ProjectFolder.Find(), result.GetValue(checkpoint), result.GetValue(corpus), result.GetValue(further));
        return new VerifyRequest(
            setup with
            {
                Device = result.GetRequiredValue(device),
                Memory = CommonOptions.ReadMemory(result, memory),
                Store = new ResultStore(result.GetValue(noCache) ? null : result.GetValue(cache) ?? ResultStore.DefaultFolder(), notice => Terminals.Say($"repro: {notice}")),
                IsProfileOwn = setup.IsProfileOwn && chosen.IsProfileOwn,
            },
            Claims(result),
            Ids(result).Length == 0 && !result.GetValue(noControls));
    }

    private string[] Ids(ParseResult result) => [.. (result.GetValue(claims) ?? []).SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries))];
}
