namespace Repro.Engine.Files;

/// <summary>Where this project keeps what it can make again.</summary>
public static class UserCache
{
    /// <summary>A folder below <c>repro</c> in <c>XDG_CACHE_HOME</c>, in the home's <c>.cache</c>, or, without a home, in a temporary folder of the user's own.</summary>
    /// <param name="name">What is kept there.</param>
    public static string Folder(string name)
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string root = !string.IsNullOrEmpty(cache) ? cache
            : !string.IsNullOrEmpty(home) ? Path.Combine(home, ".cache")
            : Path.Combine(Path.GetTempPath(), $"repro-{Environment.UserName}");
        return Path.Combine(root, "repro", name);
    }
}
