using Repro.Engine.Files;

namespace Repro.Paper.Profiles;

/// <summary>A folder that a profile reads: one of the project's, or one of the user's that an environment variable names.</summary>
/// <param name="Holds">What it holds, for messages.</param>
/// <param name="InProject">Its place in the project, or null.</param>
/// <param name="Variable">The environment variable that names it, or null.</param>
/// <param name="Option">The option of <c>repro verify</c> that names another one.</param>
public sealed record InputFolder(string Holds, string? InProject, string? Variable, string Option)
{
    /// <summary>Where the folder is, or null where its variable is not set.</summary>
    /// <param name="project">The project's folder.</param>
    public string? Find(string project) => InProject is { } place
        ? Path.Combine(project, place)
        : Environment.GetEnvironmentVariable(Variable!) is { Length: > 0 } path ? path : null;

    /// <summary>Where the folder is.</summary>
    /// <param name="project">The project's folder.</param>
    /// <param name="profile">The profile's name, for the message.</param>
    /// <exception cref="InputException">Its variable is not set; the sentence says what to set.</exception>
    public string Require(string project, string profile) => Find(project) ?? throw new InputException($"The profile {profile} needs {Holds}: {WhatToSet}.");

    /// <summary>What to set, in a few words.</summary>
    public string WhatToSet => $"set {Variable} to its folder, or name it with {Option}";
}
