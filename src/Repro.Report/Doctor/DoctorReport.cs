using System.Text.Json.Serialization;

namespace Repro.Report.Doctor;

/// <summary>How something stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckState>))]
public enum CheckState
{
    /// <summary>There and usable.</summary>
    Ok,

    /// <summary>Nothing needs it, but it is good to know.</summary>
    Note,

    /// <summary>Missing or unusable, and something needs it.</summary>
    Missing,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Subject">What it is.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Fix">The command or setting that mends it; null where there is nothing to mend.</param>
public sealed record Check(CheckState State, string Subject, string Detail, string? Fix = null);

/// <summary>Whether a profile can run here.</summary>
/// <param name="Name">The profile.</param>
/// <param name="CanRun">Whether nothing is missing.</param>
/// <param name="Checks">What it needs, and how each of it stands.</param>
public sealed record ProfileReadiness(string Name, bool CanRun, IReadOnlyList<Check> Checks);

/// <summary>What a machine can run, and what is missing.</summary>
/// <param name="CanRunTiny">Whether the profile that comes with the repository can run.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Profiles">The profiles.</param>
public sealed record DoctorReport(bool CanRunTiny, IReadOnlyList<Check> Machine, IReadOnlyList<ProfileReadiness> Profiles)
{
    /// <summary>What follows from the facts.</summary>
    public static DoctorReport Of(MachineFacts facts)
    {
        ProfileReadiness[] profiles = [.. facts.Profiles.Select(p => ProfileChecks.Of(p, facts))];
        return new DoctorReport(profiles.Length > 0 && profiles[0].CanRun, [.. MachineChecks.Of(facts)], profiles);
    }
}
