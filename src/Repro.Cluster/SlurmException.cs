namespace Repro.Cluster;

/// <summary>Slurm can't do what was asked of it, or a task failed there; the message is one sentence with what to do.</summary>
public sealed class SlurmException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence: what failed, and what to do.</param>
    /// <param name="inner">What it was found by.</param>
    public SlurmException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
