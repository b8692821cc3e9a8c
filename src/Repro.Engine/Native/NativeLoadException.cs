namespace Repro.Engine.Native;

/// <summary>libtorch can't be loaded on this machine; the message says why and what to do.</summary>
public sealed class NativeLoadException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence with the cause and the remedy.</param>
    /// <param name="inner">What the loader said.</param>
    public NativeLoadException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
