namespace Repro.Cli.Tests;

/// <summary>A clock that a test sets.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long seconds;

    public override long TimestampFrequency => 1;

    public void Advance(int more) => seconds += more;

    public override long GetTimestamp() => seconds;
}
