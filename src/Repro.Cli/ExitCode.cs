namespace Repro.Cli;

/// <summary>What the command's exit status means.</summary>
internal static class ExitCode
{
    /// <summary>Done; every verdict is the expected one and every golden matches.</summary>
    public const int Success = 0;

    /// <summary>A verdict differs from the expected one, or a golden does not match.</summary>
    public const int Different = 1;

    /// <summary>Bad usage or input.</summary>
    public const int BadInput = 2;

    /// <summary>The environment can't run it.</summary>
    public const int Environment = 3;

    /// <summary>Stopped by Ctrl-C, as shells count it.</summary>
    public const int Cancelled = 130;
}
