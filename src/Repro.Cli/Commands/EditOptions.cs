using System.CommandLine;
using Repro.Engine.Interventions;
using Repro.Engine.Regions;

namespace Repro.Cli.Commands;

/// <summary>The options that edit weights for the length of a command.</summary>
internal sealed class EditOptions
{
    private readonly Option<string?> remove = new("--remove") { Description = "Region file whose weights are set to zero." };
    private readonly Option<string[]> set = new("--set") { Description = "Set one weight: NAME[i,j]=V. May be given more than once." };
    private readonly Option<string[]> scale = new("--scale") { Description = "Multiply one weight: NAME[i,j]=F. May be given more than once." };

    public void AddTo(Command command)
    {
        command.Add(remove);
        command.Add(set);
        command.Add(scale);
    }

    public Intervention Read(ParseResult result) => new Combined(
    [
        .. result.GetValue(remove) is { } path ? [new RemoveRegion(RegionFile.Load(path))] : Array.Empty<Intervention>(),
        .. (result.GetValue(set) ?? []).Select(text => EditWeight.Parse(text, multiply: false)),
        .. (result.GetValue(scale) ?? []).Select(text => EditWeight.Parse(text, multiply: true)),
    ]);
}
