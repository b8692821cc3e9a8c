using Repro.Engine.Planning;

namespace Repro.Report.Doctor;

/// <summary>What follows from the facts for a profile.</summary>
internal static class ProfileChecks
{
    /// <summary>Whether it can run, and what it still needs.</summary>
    public static ProfileReadiness Of(ProfileFacts profile, MachineFacts machine)
    {
        Check[] checks = [.. Checks(profile, machine)];
        return new ProfileReadiness(profile.Name, checks.All(c => c.State != CheckState.Missing), checks);
    }

    private static IEnumerable<Check> Checks(ProfileFacts profile, MachineFacts machine)
    {
        if (machine.ProjectProblem is { } project)
            yield return new Check(CheckState.Missing, "project", project, "run the command inside the repository");
        if (machine.Torch.Problem is not null)
            yield return new Check(CheckState.Missing, "libtorch", "can't be loaded, see above");
        if (machine.Cache.Problem is not null)
            yield return new Check(CheckState.Note, "results", "are kept for one run only, see above");
        yield return Input("checkpoint", profile.Checkpoint, CheckState.Missing);
        yield return Input("corpus", profile.Corpus, CheckState.Missing);
        Check further = Input("further text", profile.FurtherCorpus, CheckState.Note);
        yield return further.State == CheckState.Ok ? further : further with { Detail = $"{further.Detail}; the claims that train are not applicable" };
        if (profile.MemoryProblem is { } memory)
            yield return new Check(CheckState.Missing, "memory", memory);
        if (profile.TrainingProblem is { } training)
            yield return new Check(CheckState.Note, "training", $"{training}; the claims that train are not applicable");
        if (machine.Cache.Problem is null && profile.Disk > machine.Cache.Free)
            yield return new Check(CheckState.Missing, "disk", $"gradient sums take {ByteSize.Text(profile.Disk)}, and {ByteSize.Text(machine.Cache.Free)} are free in {machine.Cache.Path}", "free space, or name a folder on a larger disk with --cache or XDG_CACHE_HOME");
        if (machine.Torch is { Problem: null, Devices: 0 } && profile != machine.Profiles[0])
            yield return new Check(CheckState.Note, "time", "there is no GPU to use", $"'repro plan --shape {profile.Name}' says how long this CPU would take");
    }

    private static Check Input(string subject, InputFacts input, CheckState otherwise) => input.Problem is { } problem
        ? new(otherwise, subject, problem, input.WhatToDo)
        : new(CheckState.Ok, subject, input.Path!);
}
