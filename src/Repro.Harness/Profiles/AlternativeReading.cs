using Repro.Harness.Readings;

namespace Repro.Harness.Profiles;

/// <summary>Another way to read a paper where it is silent.</summary>
/// <param name="Name">Its name in goldens.</param>
/// <param name="Meaning">What is different.</param>
/// <param name="Of">The point that is read in another way.</param>
/// <param name="Change">The profile under it. Where everything must be measured again, fewer random draws and training seeds do: their spread is known from the profile's own readings.</param>
public sealed record AlternativeReading(string Name, string Meaning, Reading Of, Func<Profile, Profile> Change);
